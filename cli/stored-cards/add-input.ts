import { readCardNumber, readCvv, readLines } from '../card-prompt.js';
import { PayoutInvalidError } from '../../client/errors.js';
import type { StoreCardRequestInput } from '../../schemas/store-card-request.js';
import { parseStoreCardRequest } from '../../schemas/store-card-request.js';
import { usageError } from '../cli-error.js';
import type { CliIo } from '../io.js';
import { readJsonInput } from '../json-input.js';

export interface AddFlags {
  readonly merchant?: string;
  readonly account?: string;
  readonly purpose?: string;
  readonly ownerId?: string;
  readonly holder?: string;
  readonly expiry?: string;
  readonly returnUrl?: string;
  readonly failureUrl?: string;
  readonly cardNumberStdin?: true;
}

/** What a person typed for each field of the request. */
const TYPED: Readonly<Record<string, string>> = {
  merchant: '--merchant',
  storedCardId: 'the stored card id',
  account: '--account',
  purpose: '--purpose',
  ownerId: '--owner-id',
  'card.number': 'the card number',
  'card.cvv': 'the CVV',
  'card.holder': '--holder',
  'card.expiry.month': '--expiry',
  'card.expiry.year': '--expiry',
  'returnUrls.success': '--return-url',
  'returnUrls.failure': '--failure-url',
};

/** The request that the options make, with number and CVV from a pipe or a prompt. */
export async function storeRequestFromFlags(
  io: CliIo,
  storedCardId: string | undefined,
  flags: AddFlags,
): Promise<StoreCardRequestInput> {
  const { merchant, account, purpose, ownerId, holder } = flags;
  const expiry = expiryOf(flags.expiry);
  const { returnUrl: success, failureUrl: failure } = flags;
  const { number, cvv } = await secretsOf(io, flags);
  const parsed = parseStoreCardRequest({
    merchant,
    storedCardId,
    account,
    purpose,
    ownerId,
    card: {
      number,
      ...(expiry && { expiry }),
      ...(holder !== undefined && { holder }),
      ...(cvv !== undefined && { cvv }),
    },
    ...((success !== undefined || failure !== undefined) && {
      returnUrls: { success, ...(failure !== undefined && { failure }) },
    }),
  });
  if (parsed.ok) return parsed.request;
  throw usageError(
    ...parsed.problems.map(({ field, problem, remedy }) => `${TYPED[field] ?? field}: ${problem}. ${remedy}`),
  );
}

/** The whole request as JSON from a file or, for `-`, from stdin. */
export async function storeRequestFromJson(io: CliIo, path: string): Promise<StoreCardRequestInput> {
  const parsed = parseStoreCardRequest(await readJsonInput(io, path));
  if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
  return parsed.request;
}

async function secretsOf(
  io: CliIo,
  { purpose, cardNumberStdin }: AddFlags,
): Promise<{ number: string; cvv?: string | undefined }> {
  if (cardNumberStdin) {
    const [number = '', cvv] = await readLines(io);
    return { number: number.replace(/[\s-]/g, ''), cvv };
  }
  const number = await readCardNumber(io, { fromStdin: false });
  return purpose === 'source' ? { number, cvv: await readCvv(io) } : { number };
}

function expiryOf(text: string | undefined): { month: number; year: number } | undefined {
  if (text === undefined) return undefined;
  const [, month, year] = /^(\d{1,2})[/-](\d{4})$/.exec(text.trim()) ?? [];
  if (month === undefined || year === undefined) {
    throw usageError('--expiry: is not a month and a year. Write it as 12/2030.');
  }
  return { month: Number(month), year: Number(year) };
}
