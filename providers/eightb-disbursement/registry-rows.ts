import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { EightbConfig } from './config.js';
import { ATTRIBUTE, asList, parseXml } from './xml.js';

/** One operation as the registry writes it, by the provider's column names. */
export type Row = ReadonlyMap<string, string>;

/** The three forms of a registry (8b Disbursement §5.5); undefined for what is none. */
export function registryRows(
  body: Buffer,
  config: Pick<EightbConfig, 'registryFormat' | 'registryDelimiter' | 'registryColumns'>,
): readonly Row[] | undefined {
  switch (config.registryFormat) {
    case 'csv':
      return csvRows(body, config);
    case 'json':
      return jsonRows(body);
    case 'xml':
      return xmlRows(body);
  }
}

/** With a header row, without which nothing could be told from an error. */
function csvRows(
  body: Buffer,
  { registryDelimiter, registryColumns }: Pick<EightbConfig, 'registryDelimiter' | 'registryColumns'>,
): readonly Row[] | undefined {
  let records: string[][];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    records = parse(text, { delimiter: registryDelimiter, trim: true, skip_empty_lines: true, bom: true });
  } catch {
    return undefined;
  }
  const [header, ...rest] = records;
  if (!header?.includes(registryColumns.id) || new Set(header).size !== header.length) return undefined;
  return rest.map((values) => new Map(header.map((name, place) => [name, values[place] ?? ''])));
}

const cell = z.union([z.string(), z.number().transform(String), z.null().transform(() => '')]);
const json = z.array(z.record(z.string(), cell));

function jsonRows(body: Buffer): readonly Row[] | undefined {
  try {
    const read = json.safeParse(JSON.parse(body.toString('utf8')));
    return read.success ? read.data.map((row) => new Map(Object.entries(row))) : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing but attributes. */
const attributes = z.record(z.string().startsWith(ATTRIBUTE), z.string());
const xml = z.strictObject({
  response: z.union([z.literal(''), z.strictObject({ operation: z.unknown() })]),
});

/** Names in any case, as in all XML of the provider. */
function xmlRows(body: Buffer): readonly Row[] | undefined {
  const read = xml.safeParse(parseXml(body));
  if (!read.success) return undefined;
  const { response } = read.data;
  const operations = response === '' ? [] : asList(response.operation);
  const rows = operations.map((operation) => attributes.safeParse(operation));
  if (rows.some(({ success }) => !success)) return undefined;
  return rows.map(
    ({ data = {} }) =>
      new Map(Object.entries(data).map(([name, value]) => [name.replace(ATTRIBUTE, ''), value])),
  );
}
