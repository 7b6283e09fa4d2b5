const MAX_FIELDS = 200;

/**
 * The fields of an answer, by kebab-case names: the provider spells some names in both ways (Payneteasy §5). Undefined
 * for what is neither flat JSON nor a form, and for a name that is there twice with two values.
 */
export function answerFields(body: Uint8Array): ReadonlyMap<string, string> | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body).trim();
  } catch {
    return undefined;
  }
  if (text === '') return undefined;
  const pairs = text.startsWith('{') ? jsonPairs(text) : formPairs(text);
  return pairs && byName(pairs);
}

/** The scalars of a JSON object; what is nested is not documented, and means nothing to us. */
function jsonPairs(text: string): readonly (readonly [string, string])[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) => {
    const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isScalar ? [[name, String(value)] as const] : [];
  });
}

/** `name=value\n&name=value\n`: there is a line feed after each value (§5). A page of HTML is no such thing. */
function formPairs(text: string): readonly (readonly [string, string])[] | undefined {
  const pieces = text.split('&', MAX_FIELDS + 1);
  if (pieces.length > MAX_FIELDS) return undefined;
  const pairs = pieces.map((piece) => /^\s*([A-Za-z][\w.-]{0,63})=([^]*)$/.exec(piece));
  if (pairs.some((pair) => pair === null)) return undefined;
  return pairs.map((pair) => [pair?.[1] ?? '', decoded(pair?.[2] ?? '')] as const);
}

/** As it is where it is not encoded: a broken value must not hide the ones beside it. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function byName(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> | undefined {
  if (pairs.length > MAX_FIELDS) return undefined;
  const fields = new Map<string, string>();
  for (const [spelled, value] of pairs) {
    const name = spelled.replaceAll('_', '-');
    const trimmed = value.trim();
    const known = fields.get(name);
    if (known !== undefined && known !== trimmed) return undefined;
    fields.set(name, trimmed);
  }
  return fields;
}
