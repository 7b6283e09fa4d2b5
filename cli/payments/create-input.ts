import { PayoutInvalidError } from '../../client/errors.js';
import { parsePaymentRequest, type PaymentRequestInput } from '../../schemas/payment-request.js';
import { usageError } from '../cli-error.js';
import type { CliIo } from '../io.js';
import { readJsonInput } from '../json-input.js';

export interface CreateFlags {
  readonly merchant?: string;
  readonly account?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly description?: string;
  readonly email?: string;
  readonly payerId?: string;
  readonly ip?: string;
  readonly language?: string;
  readonly returnUrl?: string;
  readonly failureUrl?: string;
  readonly expires?: string;
  readonly purpose?: string;
  readonly keepCard?: true;
  readonly recurrentOf?: string;
}

/** What a person typed for each field of the request. */
const TYPED: Readonly<Record<string, string>> = {
  merchant: '--merchant',
  paymentId: 'the payment id',
  account: '--account',
  'amount.minor': '--amount',
  'amount.currency': '--currency',
  description: '--description',
  'payer.email': '--email',
  'payer.id': '--payer-id',
  'payer.ip': '--ip',
  language: '--language',
  'returnUrls.success': '--return-url',
  'returnUrls.failure': '--failure-url',
  expiresAt: '--expires',
  purpose: '--purpose',
  recurrentOf: '--recurrent-of',
};

const DEFAULT_MINUTES = 60;

/** The request that the options make. */
export function paymentFromFlags(
  io: Pick<CliIo, 'now'>,
  paymentId: string | undefined,
  flags: CreateFlags,
): PaymentRequestInput {
  const { merchant, account, amount, currency, description, email, payerId, ip, language, purpose } = flags;
  const { returnUrl: success, failureUrl: failure, keepCard, recurrentOf } = flags;
  const parsed = parsePaymentRequest({
    merchant,
    paymentId,
    account,
    amount: { minor: minorOf(amount), currency },
    ...present({ purpose, language, recurrentOf, keepCard }),
    description: description ?? (paymentId === undefined ? undefined : `Payment ${paymentId}`),
    payer: { email, ...present({ id: payerId, ip }) },
    returnUrls: { success, ...present({ failure }) },
    expiresAt: expiryOf(io, flags.expires),
  });
  if (parsed.ok) return parsed.request;
  throw usageError(
    ...parsed.problems.map(({ field, problem, remedy }) => `${TYPED[field] ?? field}: ${problem}. ${remedy}`),
  );
}

/** The whole request as JSON from a file or, for `-`, from stdin. */
export async function paymentFromJson(io: CliIo, path: string): Promise<PaymentRequestInput> {
  const parsed = parsePaymentRequest(await readJsonInput(io, path));
  if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
  return parsed.request;
}

/** What is not a whole number of minor units is left for the schema to name. */
export function minorOf(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Minutes from now, or a time. */
function expiryOf({ now }: Pick<CliIo, 'now'>, text: string | undefined): string {
  const minutes = text === undefined ? DEFAULT_MINUTES : /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  return minutes === undefined ? (text ?? '') : new Date(now() + minutes * 60_000).toISOString();
}

function present(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
