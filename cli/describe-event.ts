import { z } from 'zod';
import type { paymentEventsSchema } from '../schemas/payment.js';
import type { payoutEventsSchema } from '../schemas/payout.js';
import { plainText } from './plain-text.js';

type Event =
  | z.output<typeof payoutEventsSchema>['items'][number]
  | z.output<typeof paymentEventsSchema>['items'][number];

/** One line of a payout's or payment's history, without its indent. */
export function describeEvent({ at, type, from, to, actor, reason, data }: Event): string {
  const details = detailsOf(type, data);
  const move = to === undefined ? '' : from === undefined ? ` → ${to}` : ` ${from} → ${to}`;
  const name = details === undefined ? `${type}${move}` : `${type}: ${details}${move && ` ${move}`}`;
  // An answer's own words say it better than the position that followed from them.
  const why = reason === undefined || (type === 'answer' && details !== undefined) ? '' : `  ${reason}`;
  return plainText(`${at}  ${name}  by ${actor}${why}`);
}

/** Only what we show: an event of a newer engine may say more. */
const intentSchema = z
  .object({
    number: z.int(),
    step: z.string().optional(),
    kind: z.string().optional(),
    resendOf: z.int().optional(),
    restartOf: z.int().optional(),
  })
  .transform(({ number, step, kind, resendOf, restartOf }) => ({
    number,
    what: step ?? kind ?? 'request',
    again: resendOf ?? restartOf,
  }));

const operationSchema = z.object({ operationId: z.string(), kind: z.string(), status: z.string() });

const wordsSchema = z.object({
  kind: z.string(),
  class: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  reference: z.string().optional(),
  detail: z.string().optional(),
});

const answerSchema = z.object({
  late: z.boolean().optional(),
  answer: wordsSchema.extend({ progress: wordsSchema.optional() }),
});

function detailsOf(type: Event['type'], data: unknown): string | undefined {
  if (type === 'intent') {
    const intent = intentSchema.safeParse(data).data;
    if (intent === undefined) return undefined;
    const again = intent.again === undefined ? '' : `, ${intent.again} again`;
    return `${intent.what} (request ${intent.number}${again})`;
  }
  if (type === 'operation') {
    const operation = operationSchema.safeParse(data).data;
    return operation && `${operation.kind} ${operation.operationId} ${operation.status}`;
  }
  if (type !== 'answer') return undefined;
  const told = answerSchema.safeParse(data).data;
  return told && `${told.late ? 'late, ' : ''}${wordsOf(told.answer.progress ?? told.answer)}`;
}

/** `unknown (timeout) No answer in 10 s`, `paid ref 441200`, `not_paid declined (116) Insufficient funds`. */
export function wordsOf(words: z.output<typeof wordsSchema>): string {
  const { kind, class: how, code, message, reference, detail } = words;
  const parts = [kind, how, code && `(${code})`, message ?? detail, reference && `ref ${reference}`];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
