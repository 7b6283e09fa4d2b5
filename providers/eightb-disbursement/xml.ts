import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Deeper than any answer of the document. */
const MAX_DEPTH = 10;

export const ATTRIBUTE = '@';

/**
 * Every value stays text: an amount must not become a float. Names are read in any case (8b Disbursement §4: siblings
 * print capitals); what then stands twice becomes a list, which no schema of ours takes for a value.
 */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
  transformTagName: (name) => name.toLowerCase(),
  transformAttributeName: (name) => name.toLowerCase(),
});

/**
 * XML as plain objects; undefined for what is none. Whatever its Content-Type says (§4). With a document type it is
 * refused, so that there are no entities but XML's own five.
 */
export function parseXml(body: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
  if (!/^\s*</.test(text) || /<!(DOCTYPE|ENTITY)/i.test(text)) return undefined;
  try {
    return XMLValidator.validate(text) === true ? (parser.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** An element that may stand there once, several times or not at all. */
export function asList(element: unknown): readonly unknown[] {
  if (element === undefined) return [];
  return Array.isArray(element) ? (element as unknown[]) : [element];
}
