import { z } from 'zod';
import type { ListAnswer, StatementLine } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { ListReading, ProviderLimits } from '../port.js';
import type { TimeSpan } from '../../domain/time-span.js';
import type { Account } from './account.js';
import { minorOf } from './amount.js';
import type { EightbConfig } from './config.js';
import { readWireTime } from './dates.js';
import { isWithin, refusedRead } from './list-answer.js';
import { shortCode, unknown, type Reading } from './reading.js';
import { signedBody, spanFields } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { cleanWords } from '../clean-words.js';
import { asList, parseXml } from './xml.js';

/** Ask for no more at once (8b Disbursement §5.4). */
const MAX_SPAN_MS = 86_400_000;

type Limits = Pick<ProviderLimits, 'orderIdPattern'>;

/** The movements on the account: `balance_statement` (§5.4). */
export function createStatement(account: Account, limits: Limits): ListReading<StatementLine> {
  const { config, exchange, now } = account;
  return {
    maxSpanMs: MAX_SPAN_MS,
    async read(span, signal) {
      const body = signedBody('balance_statement', spanFields(span, config), config);
      const http = await exchange.post('balance_statement', body, signal);
      return withRetryAfter(interpretStatement(http, span, account.reading([]), limits), http, now());
    },
  };
}

const present = z.unknown().refine((element) => element !== undefined);

/** Nothing in it is an empty list; anything else without a movement may be an error. */
const empty = z.literal('').transform(() => ({ statement: [] }));
const document = z.strictObject({ response: z.union([empty, z.object({ statement: present })]) });

const movement = z.object({
  '@id': z.string().min(1).max(64),
  '@dt': z.string(),
  '@type': z.string().transform((type) => type.toUpperCase()),
  sum: z.string(),
  comment: z.string().optional().catch(undefined),
});

function interpretStatement(
  http: HttpAnswer,
  span: TimeSpan,
  reading: Reading,
  limits: Limits,
): ListAnswer<StatementLine> {
  if (http.kind !== 'response') return http;
  const refused = refusedRead(http, 'list', reading);
  if (refused !== undefined) return refused;
  const read = document.safeParse(parseXml(http.body));
  const found = read.success ? asList(read.data.response.statement) : [undefined];
  const lines = found.map((element) => lineOf(element, reading, limits));
  // A movement that is left out would be a wrong answer.
  if (lines.some((line) => line === undefined)) {
    return unknown('unreadable_statement', 'The answer holds a movement that we cannot read, or none at all');
  }
  return {
    kind: 'answered',
    lines: lines.filter((line) => line !== undefined).filter(({ at }) => isWithin(at, span)),
  };
}

/** §5.4: `IN` credits, `OUT` debits. */
const DIRECTIONS: Readonly<Record<string, StatementLine['direction']>> = { IN: 'in', OUT: 'out' };

function lineOf(element: unknown, reading: Reading, limits: Limits): StatementLine | undefined {
  const { config, confidential, onUnmapped } = reading;
  const read = movement.safeParse(element);
  if (!read.success) return undefined;
  const { '@id': id, '@dt': dt, '@type': type, sum, comment } = read.data;
  const direction = Object.hasOwn(DIRECTIONS, type) ? DIRECTIONS[type] : undefined;
  if (direction === undefined) {
    onUnmapped({ call: 'list', what: 'operation_type', http: 200, code: shortCode(type, reading) });
    return undefined;
  }
  const currency = config.currency;
  const at = readWireTime(dt, config.providerTimeZone);
  const minor = minorOf(sum, currency);
  if (at === undefined || minor === undefined || minor < 0) return undefined;
  return {
    id,
    at: new Date(at).toISOString(),
    direction,
    minor,
    currency,
    ...(comment && { comment: cleanWords(comment, confidential) }),
    ...orderIn(comment ?? '', config, limits),
  };
}

/** Whether the comment names our order is not known: the account says how to find it (§5.4). */
function orderIn(
  comment: string,
  { statementCommentPattern }: EightbConfig,
  { orderIdPattern }: Limits,
): Pick<StatementLine, 'orderId'> {
  const orderId = new RegExp(statementCommentPattern, 'iu').exec(comment)?.[1];
  return orderId !== undefined && orderIdPattern.test(orderId) ? { orderId } : {};
}
