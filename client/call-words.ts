import {
  EngineUnavailableError,
  PaymentNotFoundError,
  PayoutNotFoundError,
  StoredCardNotFoundError,
} from './errors.js';
import type { CallWords } from './temporal-errors.js';
import type { PaymentKey, PayoutKey, StoredCardKey } from '../domain/ids.js';

/** A call about one payout. */
export function aboutPayout({ merchant, payoutId }: PayoutKey): CallWords {
  const name = `${merchant}/${payoutId}`;
  return {
    unknown: (options) =>
      new PayoutNotFoundError(
        `There is no payout ${name} in Temporal. Check the id; an old one is still in the HTTP API`,
        options,
      ),
    refused: () => new PayoutNotFoundError(`${name} was refused and never became a payout`),
    noAnswer:
      'Temporal, the payout workers or the provider do not answer in time. The payout may still go on: ask for it, or ' +
      'repeat the call with the same payout id',
  };
}

/** A call about one stored card. */
export function aboutStoredCard({ merchant, storedCardId }: StoredCardKey): CallWords {
  const name = `${merchant}/${storedCardId}`;
  return {
    unknown: (options) =>
      new StoredCardNotFoundError(`There is no stored card ${name} in Temporal. Check the id`, options),
    refused: () => new StoredCardNotFoundError(`${name} was refused and never became a stored card`),
    noAnswer:
      'Temporal, the payout workers or the provider do not answer in time. The storing may still go on: ask for it, or ' +
      'repeat the call with the same stored card id',
  };
}

/** A call about one payment, or an operation on it. */
export function aboutPayment({ merchant, paymentId }: PaymentKey): CallWords {
  const name = `${merchant}/${paymentId}`;
  return {
    unknown: (options) =>
      new PaymentNotFoundError(`There is no run of payment ${name} in Temporal. Check the id`, options),
    refused: () => new PaymentNotFoundError(`${name} was refused and never became a payment`),
    noAnswer:
      'Temporal, the payout workers or the provider do not answer in time. The payment may still go on: ask for it, or ' +
      'repeat the call with the same ids',
  };
}

const NOBODY_ANSWERS = 'Temporal or the payout workers do not answer in time. Ask again';

/** A question: its run is gone where Temporal was set back. */
export const ABOUT_INQUIRY: CallWords = {
  unknown: (options) => new EngineUnavailableError(NOBODY_ANSWERS, options),
  refused: () => new EngineUnavailableError(NOBODY_ANSWERS),
  noAnswer: NOBODY_ANSWERS,
};
