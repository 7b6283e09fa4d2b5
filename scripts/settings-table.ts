/** A schema's fields as a table for people. */
import type { Docs, JsonSchema } from './accounts-schema.js';

interface Row {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** Its own fields stand below it. */
  readonly opened: boolean;
}

/** @param secrets dotted paths of the fields that must be references */
export function settingsTable(schema: JsonSchema, docs: Docs, secrets: readonly string[] = []): string {
  const lines = rowsOf(schema, docs).map(({ path, schema: field, required, opened }) => {
    const { words = '', standard } = docs.get(path) ?? {};
    const cells = [
      `\`${path}\`${secrets.includes(path) ? ' 🔑' : ''}`,
      opened ? 'map' : kindOf(field),
      defaultOf(field, required, standard),
      words,
    ];
    // A stroke would end the cell.
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| setting | value | default | meaning |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

/** Every field; those of a map below it where something is said of them. */
function rowsOf({ properties = {}, required = [] }: JsonSchema, docs: Docs, above = ''): Row[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = above + name;
    const below = rowsOf(schema, docs, `${path}.`);
    const opened = below.some((row) => docs.get(row.path)?.words !== undefined);
    return [{ path, schema, required: required.includes(name), opened }, ...(opened ? below : [])];
  });
}

function defaultOf(
  { default: ofSchema }: JsonSchema,
  required: boolean,
  ofComment: string | undefined,
): string {
  const text = ofSchema === undefined ? ofComment : JSON.stringify(ofSchema);
  if (text === undefined) return required ? '**required**' : '–';
  // Words about a default are no value: "every one is known".
  return / /.test(text) && !/^[[{'"]/.test(text) ? text : `\`${text}\``;
}

function kindOf(schema: JsonSchema): string {
  const { type, enum: choice, const: only, anyOf, oneOf, items, properties, additionalProperties } = schema;
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (choice) return choice.map((value) => `\`${String(value)}\``).join(' ');
  const choices = anyOf ?? oneOf;
  if (choices) return choices.map(kindOf).join(' or ');
  if (type === 'array') return `list of ${items ? kindOf(items) : 'anything'}`;
  if (properties) {
    const named = Object.entries(properties).map(([name, { const: only }]) =>
      only === undefined ? name : `${name}: \`${JSON.stringify(only)}\``,
    );
    return `map of ${named.join(', ')}`;
  }
  if (typeof additionalProperties === 'object') return `map to ${kindOf(additionalProperties)}`;
  if (type === 'boolean') return '`true` `false`';
  if (type === 'string') return schema['format'] === 'uri' ? 'URL' : 'text';
  if (type === 'integer' || type === 'number') return rangeOf(schema);
  if (Array.isArray(type)) return type.map((one) => kindOf({ type: String(one) })).join(' or ');
  return String(type);
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  return minimum === undefined ? 'number' : `${minimum} or more`;
}
