/** Writes answers. 8b Disbursement §4, §5. */
import type { Variant } from './variant.js';

/** An element: its name, what is in it, and its attributes. */
export interface Element {
  readonly name: string;
  readonly content?: string | readonly Element[] | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** The whole document, root `<response>`. */
export function documentOf(
  content: readonly Element[],
  { elementCase }: Pick<Variant, 'elementCase'>,
): string {
  const cased = (name: string): string => (elementCase === 'upper' ? name.toUpperCase() : name);
  const written = ({ name, content: inner = '', attributes = {} }: Element): string => {
    const pairs = Object.entries(attributes).map(([key, value]) => ` ${cased(key)}="${escaped(value)}"`);
    const body = typeof inner === 'string' ? escaped(inner) : inner.map(written).join('');
    const tag = cased(name);
    return `<${tag}${pairs.join('')}>${body}</${tag}>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written({ name: 'response', content })}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
