import type { ListAnswer, RegistryLine } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { ListReading } from '../port.js';
import type { TimeSpan } from '../../domain/time-span.js';
import type { Account } from './account.js';
import { isWithin, refusedRead } from './list-answer.js';
import { unknown, type Reading } from './reading.js';
import { registryLine } from './registry-line.js';
import { registryRows } from './registry-rows.js';
import { registryUrl } from './requests.js';
import { withRetryAfter } from '../retry-after.js';

/** One day at once: §5.5 asks for none, §10 for days. */
const MAX_SPAN_MS = 86_400_000;

/** The operations as the provider has them: `payout_reestr` (8b Disbursement §5.5), by the time it made them. */
export function createRegistry(account: Account): ListReading<RegistryLine> {
  const { config, exchange, now } = account;
  return {
    maxSpanMs: MAX_SPAN_MS,
    async read(span, signal) {
      const http = await exchange.get(registryUrl(span, config), signal);
      return withRetryAfter(interpretRegistry(http, span, account.reading([])), http, now());
    },
  };
}

function interpretRegistry(http: HttpAnswer, span: TimeSpan, reading: Reading): ListAnswer<RegistryLine> {
  if (http.kind !== 'response') return http;
  const refused = refusedRead(http, 'list', reading);
  if (refused !== undefined) return refused;
  const rows = registryRows(http.body, reading.config);
  const lines = rows?.map((row) => registryLine(row, reading));
  // An operation that is left out would be a wrong answer.
  if (lines === undefined || lines.some((line) => line === undefined)) {
    return unknown(
      'unreadable_registry',
      'The answer is no registry, or holds an operation that we cannot read',
    );
  }
  return {
    kind: 'answered',
    lines: lines.filter((line) => line !== undefined).filter(({ createdAt }) => isWithin(createdAt, span)),
  };
}
