import type { ActivityDeps } from '../deps.js';
import { readList } from '../read-list.js';
import type { OrderId } from '../../domain/ids.js';
import type { InquiryResult } from '../../domain/inquiry.js';
import { reconcilePayments } from '../../domain/payment-report.js';
import type { Payment } from '../../domain/payment.js';
import type { TimeSpan } from '../../domain/time-span.js';
import type { PaymentProvider } from '../../providers/payment-port.js';
import { isLacking } from '../../providers/port.js';

/** Of some 500 bytes each: Temporal takes an answer of 2 MB. */
const MAX_ITEMS = 3_000;
const PAGE = 200;

/** The provider's report of a time (8b.world /pay §4.3), joined with the journal: all of it, or none. */
export async function readReport(
  deps: Pick<ActivityDeps, 'journal'>,
  { account, report }: PaymentProvider,
  span: TimeSpan,
  signal: AbortSignal,
): Promise<InquiryResult> {
  if (isLacking(report)) return { kind: 'lacking', words: report.lacking };
  const answer = await readList(report, span, signal);
  if (answer.kind === 'too_much') return answer;
  if (answer.kind !== 'answered') return { kind: 'payment_report', answer };

  const { payments } = deps.journal;
  const known = new Map<string, Payment>();
  let cursor: string | undefined;
  // Newest first, from the end of the span to its beginning.
  do {
    const page = await payments.list({ account, createdBefore: span.to }, { limit: PAGE, cursor });
    const within = page.items.filter(({ createdAt }) => Date.parse(createdAt) >= Date.parse(span.from));
    for (const payment of within) known.set(payment.orderId, payment);
    cursor = within.length < page.items.length ? undefined : page.nextCursor;
  } while (cursor !== undefined && known.size <= MAX_ITEMS);
  for (const { orderId } of answer.lines) {
    if (known.has(orderId)) continue;
    const earlier = await payments.findByOrder(account, orderId as OrderId);
    if (earlier) known.set(orderId, earlier);
  }
  const lines = reconcilePayments(answer.lines, [...known.values()], span);
  if (lines.length > MAX_ITEMS || known.size > MAX_ITEMS) {
    return { kind: 'too_much', words: `has more than ${MAX_ITEMS} transactions` };
  }
  return { kind: 'payment_report', answer: { kind: 'answered', lines } };
}
