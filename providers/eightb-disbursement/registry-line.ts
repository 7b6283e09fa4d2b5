import { isCurrencyCode, type CurrencyCode } from '../../domain/currencies.js';
import type { RegistryLine } from '../../domain/provider-answer.js';
import { minorOf } from './amount.js';
import type { EightbConfig } from './config.js';
import { readWireTime } from './dates.js';
import { shortCode, type Reading } from './reading.js';
import type { Row } from './registry-rows.js';
import { CHECK_RESULTS, readResult, type ResultMeaning } from './results.js';
import { cleanWords } from '../clean-words.js';

const OUTCOMES: Readonly<Record<ResultMeaning, RegistryLine['outcome']>> = {
  accepted: 'pending',
  pending: 'pending',
  paid: 'paid',
  not_paid: 'not_paid',
  not_found: 'unknown',
};

/** One operation in our words; undefined where what decides of it cannot be read. */
export function registryLine(row: Row, reading: Reading): RegistryLine | undefined {
  const { config, confidential } = reading;
  const value = (name: keyof EightbConfig['registryColumns']): string => {
    const column = config.registryColumns[name];
    // In XML our names arrive in lower case whatever the provider writes.
    return column === null ? '' : (row.get(column) ?? row.get(column.toLowerCase()) ?? '').trim();
  };
  const currency = value('currency') || config.currency;
  if (!isCurrencyCode(currency)) return undefined;
  const [orderId, status] = [value('id'), value('status')];
  const createdAt = timeOf(value('created'), config);
  const minor = minorOf(value('amount'), currency);
  if (!/^[\w-]{1,64}$/.test(orderId) || status === '' || createdAt === undefined || minor === undefined) {
    return undefined;
  }
  const finishedAt = timeOf(value('processed'), config);
  const destination = maskedClient(value('client'));
  const error = cleanWords(value('error'), confidential);
  const feeMinor = feeOf(value('fee'), currency);
  return {
    orderId,
    createdAt,
    minor,
    currency,
    ...outcomeOf(status, reading),
    ...(finishedAt !== undefined && { finishedAt }),
    ...(destination !== '' && { destination }),
    ...(error !== '' && { error }),
    ...(feeMinor !== undefined && { feeMinor }),
  };
}

/** §5.5: the words of a check. */
function outcomeOf(status: string, reading: Reading): Pick<RegistryLine, 'outcome' | 'providerStatus'> {
  const result = readResult(status, CHECK_RESULTS, reading.config);
  const providerStatus = shortCode(status, reading);
  if (result.kind === 'known') return { outcome: OUTCOMES[result.meaning], providerStatus };
  reading.onUnmapped({ call: 'list', what: 'order_status', http: 200, code: providerStatus });
  return { outcome: 'unknown', providerStatus };
}

function timeOf(text: string, { providerTimeZone }: EightbConfig): string | undefined {
  const ms = readWireTime(text, providerTimeZone);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

function feeOf(text: string, currency: CurrencyCode): number | undefined {
  return text === '' ? undefined : minorOf(text, currency);
}

/** `987***3210`; one that the provider did not mask is masked here. */
function maskedClient(client: string): string {
  if (/^\w{0,6}\*{2,}\w{0,4}$/.test(client)) return client;
  if (client === '') return '';
  return client.length < 10 ? `***${client.slice(-2)}` : `${client.slice(0, 3)}***${client.slice(-4)}`;
}
