import type { All2payConfig } from './config.js';

/** What an `orderStatus` means for money. */
export type StatusMeaning = 'pending' | 'paid' | 'declined' | 'review';

interface StatusEntry {
  readonly meaning: StatusMeaning;
  readonly words: string;
  /** Should not occur for payouts: counted as unmapped although its meaning is plain. */
  readonly unexpected?: true;
}

/** All2pay payouts document §10.1. A status that is not here is `unknown`. */
const STATUSES: Readonly<Record<string, StatusEntry>> = {
  '-1': { meaning: 'pending', words: 'known to the payouts module, not registered at the bank' },
  '0': { meaning: 'pending', words: 'registered at the bank, not executed' },
  '1': { meaning: 'pending', words: 'authorised, held', unexpected: true },
  '2': { meaning: 'paid', words: 'completed' },
  '3': { meaning: 'review', words: 'reversed', unexpected: true },
  '4': { meaning: 'review', words: 'refunded', unexpected: true },
  '5': { meaning: 'pending', words: '3-D Secure authentication started' },
  '6': { meaning: 'declined', words: 'declined' },
  '7': { meaning: 'pending', words: 'pending at the bank' },
  '8': { meaning: 'pending', words: 'intermediate completion of a multi-part order', unexpected: true },
};

export function statusEntry(
  { orderStatusMap }: Pick<All2payConfig, 'orderStatusMap'>,
  orderStatus: string,
): StatusEntry | undefined {
  const known = Object.hasOwn(STATUSES, orderStatus) ? STATUSES[orderStatus] : undefined;
  const meaning = Object.hasOwn(orderStatusMap, orderStatus) ? orderStatusMap[orderStatus] : undefined;
  return meaning === undefined ? known : { words: `status ${orderStatus}`, ...known, meaning };
}

/** Action codes that are not declines even beside status 6 (§10.3). */
export const NOT_A_DECLINE: ReadonlySet<string> = new Set(['-2027', '-3003']);

/** Public values of the gateway family, for texts only: what is final is said by `orderStatus` (§10.3). */
const ACTION_WORDS: Readonly<Record<string, string>> = {
  '0': 'Processed',
  '5': 'Refused by the network',
  '82': 'Wrong card verification code',
  '101': 'Card has expired',
  '106': 'PIN tries exceeded, card temporarily blocked',
  '116': 'Insufficient funds',
  '121': 'Amount limit exceeded',
  '123': 'Count limit exceeded',
  '902': 'Card is restricted',
  '999': 'Refused: fraud rules or 3-D Secure',
  '2003': 'Payments without 3-D Secure are forbidden',
  '71015': 'Wrong card data',
  '-2006': 'Authentication failed',
  '-2007': 'The recipient did not act in time',
  '-2015': '3-D Secure authentication problem',
  '-2018': '3-D Secure authentication problem',
  '-2023': '3-D Secure authentication problem',
  '-2025': '3-D Secure authentication problem',
  '-2026': '3-D Secure authentication problem',
  '-2027': 'SBP transfer in progress',
  '-2028': 'SBP transfer declined',
  '-2029': 'SBP transfer not performed',
  '-3003': 'Unknown result',
};

/** Words for an `actionCode` or a `resultCode` (§3: other result codes are read like action codes). */
export function codeWords(
  { resultCodeDictionary }: Pick<All2payConfig, 'resultCodeDictionary'>,
  code: string,
): string | undefined {
  if (Object.hasOwn(resultCodeDictionary, code)) return resultCodeDictionary[code];
  return Object.hasOwn(ACTION_WORDS, code) ? ACTION_WORDS[code] : undefined;
}
