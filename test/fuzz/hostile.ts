import fc from 'fast-check';

/** How often each property is tried. Cheap in the usual run; a failure names its seed and path for a repetition. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 200);
/** Whatever takes longer than this on input of some kilobytes does not come back on somewhat more. */
const SLOW_MS = 1_000;

/** Tries a parser on much hostile input: it may throw what `mayThrow` knows, and nothing else, and soon. */
export function survives<Input>(
  input: fc.Arbitrary<Input>,
  parse: (input: Input) => void,
  mayThrow: (error: unknown) => boolean = () => false,
): void {
  fc.assert(
    fc.property(input, (each) => {
      const started = performance.now();
      try {
        parse(each);
      } catch (error) {
        if (!mayThrow(error)) throw error;
      }
      const ms = performance.now() - started;
      // A machine that stood still is no finding: the same input once more.
      if (ms > SLOW_MS && took(() => parse(each)) > SLOW_MS) throw new Error(`took ${ms} ms`);
    }),
    { numRuns: RUNS },
  );
}

function took(act: () => void): number {
  const started = performance.now();
  try {
    act();
  } catch {
    // It threw what it may.
  }
  return performance.now() - started;
}

/** What breaks parsers: of each grammar's own marks, of numbers, of Unicode, of names that objects have anyway. */
const MARKS = [
  ...[
    '&',
    '=',
    ';',
    '%',
    '%00',
    '%zz',
    '%F0%9F',
    '+',
    '"',
    "'",
    '\\',
    '\\u0000',
    '\\ud800',
    '/',
    ',',
    ':',
    '\n',
    '\r\n',
  ],
  ...['{', '}', '[', ']', '[[[[', '{"a":', 'null', 'true', '-0', '1e999', '0x1F', '9'.repeat(40), 'NaN', ''],
  ...[
    '<',
    '>',
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    '&a;',
    '&#0;',
    '<?xml?>',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '{"__proto__":1}'],
  ...[
    '- ',
    '? ',
    '&a ',
    '*a',
    '<<: *a',
    '!!binary ',
    '!!js/function ',
    '|\n',
    '>\n',
    '\t',
    '---\n',
    '...\n',
    '# ',
    '%YAML 9\n',
  ],
  ...[
    '\ufeff',
    '\u0000',
    '\u2028',
    '\ud800',
    '\u202e',
    'ａ',
    'İ',
    '٣',
    '🜁',
    'x'.repeat(5_000),
    '='.repeat(300),
  ],
];

const noise = fc.oneof(fc.constantFrom(...MARKS), fc.string({ unit: 'binary', maxLength: 20 }));

type Edit = readonly [
  kind: 'cut' | 'put' | 'swap' | 'double' | 'end',
  at: number,
  length: number,
  text: string,
];

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.constantFrom('cut', 'put', 'swap', 'double', 'end'),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 30 }),
  noise,
);

function edited(text: string, [kind, where, length, put]: Edit): string {
  const at = Math.floor(where * text.length);
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  switch (kind) {
    case 'cut':
      return before + after;
    case 'put':
      return before + put + piece + after;
    case 'swap':
      return before + put + after;
    case 'double':
      return before + piece + piece + piece + after;
    case 'end':
      return before;
  }
}

/** Good texts with a few things wrong, and texts that are nothing but wrong. */
export function hostileText(...good: readonly string[]): fc.Arbitrary<string> {
  const spoilt = fc
    .tuple(fc.constantFrom(...good), fc.array(edit, { maxLength: 6 }))
    .map(([text, edits]) => edits.reduce(edited, text));
  const nested = fc
    .tuple(fc.constantFrom('[', '{"a":', '<a>', '- ', '&a [', '(('), fc.integer({ min: 1, max: 3_000 }))
    .map(([open, times]) => open.repeat(times));
  const rubbish = fc.array(noise, { maxLength: 30 }).map((parts) => parts.join(''));
  return fc.oneof({ weight: 6, arbitrary: spoilt }, { weight: 2, arbitrary: rubbish }, nested);
}

/** The same as bytes, some of them no text at all. */
export function hostileBytes(...good: readonly string[]): fc.Arbitrary<Buffer> {
  return fc.oneof(
    hostileText(...good).map((text) => Buffer.from(text, 'utf8')),
    hostileText(...good).map((text) => Buffer.from(text, 'latin1')),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  );
}
