/** `payout_reestr` in its three forms. 8b Disbursement §5.5. */
import type { Answer } from './answer.js';
import { refuseOthers } from './check.js';
import { dateTime } from './dates.js';
import { decimalOf } from './decimal.js';
import type { Fields } from './form.js';
import type { Ledger } from './ledger.js';
import type { Operation } from './operation.js';
import { spanOf } from './reads.js';
import { invalid } from './refusal.js';
import type { Service } from './settings.js';
import { documentOf } from './xml.js';

const FORMATS = ['csv', 'json', 'xml'] as const;

/**
 * The operations by the time at which they were made; `type` may come from the path.
 * @throws Refusal
 */
export function registryAnswer(type: string, fields: Fields, service: Service, ledger: Ledger): Answer {
  refuseOthers(fields, ['type', 'service_id', 'dt_start', 'dt_end']);
  const format = FORMATS.find((known) => known === type);
  if (!format) throw invalid('type');
  const isIn = spanOf(fields, service);
  const rows = ledger
    .all()
    .filter((operation) => operation.service === service.id && isIn(operation.createdAt))
    .map((operation) => rowOf(operation, service));
  switch (format) {
    case 'csv':
      return { httpStatus: 200, type: 'text/csv; charset=UTF-8', text: csvOf(rows, service) };
    case 'json':
      return { httpStatus: 200, type: 'application/json; charset=UTF-8', text: JSON.stringify(rows) };
    case 'xml': {
      const operations = rows.map((attributes) => ({ name: 'operation', attributes }));
      return { httpStatus: 200, type: 'application/xml', text: documentOf(operations, service.variant) };
    }
  }
}

type Row = Readonly<Record<string, string>>;

function rowOf(operation: Operation, { variant, exponent }: Service): Row {
  const { amountScale, timeZone } = variant;
  const row = {
    id: operation.id,
    created: dateTime(operation.createdAt, timeZone),
    processed: operation.processedAt === undefined ? '' : dateTime(operation.processedAt, timeZone),
    amount: operation.amount,
    currency: operation.currency,
    destination: operation.destination,
    client: operation.maskedClient,
    status: operation.status,
    error: operation.error ?? '',
    fee: decimalOf(0, amountScale, exponent),
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf(name, variant), value]));
}

const COLUMNS = 'id,created,processed,amount,currency,destination,client,status,error,fee'.split(',');

function columnOf(name: string, { registryColumns }: Service['variant']): string {
  return registryColumns[name] ?? name;
}

function csvOf(rows: readonly Row[], { variant }: Service): string {
  const names = COLUMNS.map((name) => columnOf(name, variant));
  const quoted = (text: string): string => (/[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
  return `${lines.map((line) => line.map(quoted).join(variant.registryDelimiter)).join('\n')}\n`;
}
