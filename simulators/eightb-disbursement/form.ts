/** Form bodies and queries. 8b Disbursement §4. */
import { Refusal } from './refusal.js';
import type { Variant } from './variant.js';

/** Decoded values by their lower-case names. */
export type Fields = ReadonlyMap<string, string>;

/** @throws Refusal for a name in the wrong case, or twice */
export function fieldsOf(text: string, { fieldCase }: Pick<Variant, 'fieldCase'>): Fields {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const right = fieldCase === 'upper' ? name.toUpperCase() : name.toLowerCase();
    const key = name.toLowerCase();
    if (name !== right || fields.has(key)) throw new Refusal('parameter', `invalid parameter ${name}`);
    fields.set(key, value);
  }
  return fields;
}

export function formOf(
  fields: Readonly<Record<string, string>>,
  { fieldCase }: Pick<Variant, 'fieldCase'>,
): string {
  const named = Object.entries(fields).map(([name, value]) => [
    fieldCase === 'upper' ? name.toUpperCase() : name,
    value,
  ]);
  return new URLSearchParams(named as [string, string][]).toString();
}
