import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULTS, ROLES } from '../../conformance/index.js';

const ROOT = new URL('../../', import.meta.url);
const GUIDE = 'docs/write-a-provider.md';
const textOf = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const guide = textOf(GUIDE);

/** Code blocks that name the file they are a part of: ```ts config.ts */
const excerpts = [...guide.matchAll(/^```(?:ts|yaml) (\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, file = '', code = '']) => ({
    file,
    code,
    first: code.split('\n')[0]?.trim() ?? '',
  }),
);

const shifted = (code: string, blanks: number): string => code.replace(/^(?=.)/gm, ' '.repeat(blanks));

describe('the guide', () => {
  it.each(excerpts)('quotes $file: $first', ({ file, code }) => {
    const source = textOf(`examples/own-provider/${file}`);
    // The guide begins at the margin; the file may be anywhere to the right of it.
    expect([0, 2, 4, 6, 8].some((blanks) => source.includes(shifted(code, blanks)))).toBe(true);
  });

  it('quotes every file of the adapter that it explains', () => {
    const quoted = new Set(excerpts.map(({ file }) => file));
    const explained = [
      'config',
      'validate',
      'request',
      'sign',
      'answer',
      'words',
      'interpret',
      'callback',
      'limits',
      'adapter',
      'index',
    ];
    expect(explained.filter((name) => !quoted.has(`${name}.ts`))).toEqual([]);
  });

  it('has no code of its own: each block of TypeScript is a quotation', () => {
    expect(guide.match(/^```ts/gm)).toHaveLength(excerpts.filter(({ file }) => file.endsWith('.ts')).length);
  });

  it('leads to files and headings that are there', () => {
    const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
      words
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, target = ''] of guide.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('#')) expect(headings).toContain(target.slice(1));
      else
        expect({ target, there: existsSync(new URL(target, new URL(GUIDE, ROOT))) }).toEqual({
          target,
          there: true,
        });
    }
    const named = [
      ...guide.matchAll(/`((?:providers|conformance|scripts|test|examples|simulators)\/[\w/.-]+\.ts)`/g),
    ];
    for (const [, path = ''] of named)
      expect({ path, there: existsSync(new URL(path, ROOT)) }).toEqual({ path, there: true });
  });

  it('speaks of roles and faults that the suite has', () => {
    expect(Object.keys(ROLES)).toEqual(expect.arrayContaining(['called_back', 'resending', 'impatient']));
    expect(Object.keys(FAULTS)).toEqual(expect.arrayContaining(['reset_processed', 'silent_processed']));
  });
});

describe('the simulator of the example', () => {
  it('imports nothing of the adapter: a shared bug must not cancel out', () => {
    const files = [
      'api',
      'books',
      'callbacks',
      'delivery',
      'faults',
      'main',
      'server',
      'signature',
      'timers',
      'transfer-request',
    ];
    for (const file of files) {
      const imports = [...textOf(`examples/own-provider/simulator/${file}.ts`).matchAll(/from '([^']+)'/g)];
      for (const [, from = ''] of imports) expect(from).toMatch(/^(\.\/|node:|payout-engine\/conformance$)/);
    }
  });
});
