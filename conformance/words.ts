import type { DestinationType } from '../domain/payout-request.js';

/** How the money gets to the recipient; `payer_card`: from a payer's stored card, to a card. */
export type Flow = DestinationType | 'payer_card';

/** What the provider makes of an order if nothing goes wrong. `challenged`: a person must act after it. */
export type Outcome = 'paid' | 'declined' | 'no_funds' | 'paid_later' | 'challenged';

/** What the provider makes of a card to be stored if nothing goes wrong. */
export type StoringOutcome = 'stored' | 'challenged' | 'refused';

/**
 * How an account is polled while a scenario lasts: soon at first, then seldom, because many rows wait at once and every
 * question costs the engine work.
 */
export const POLLS: readonly { readonly delayMs: number; readonly times: number }[] = [
  { delayMs: 700, times: 4 },
  { delayMs: 2_000, times: 100 },
];

/** When the polls of an account with callbacks begin, so that what ends before was ended by a callback. In ms. */
export const LATE_POLLS_MS = 30_000;

/**
 * The accounts that scenarios ask for. All have short waits: polls every 150 to 2000 ms, 5 s of grace for "not found".
 * A subject leaves out what its provider has not; the scenarios that need it are then not played, and say so.
 */
export const ROLES = {
  polled: 'no callbacks; a resend is up to a person',
  called_back: 'callbacks; its polls begin only after 30 s',
  asking_for_callbacks:
    'callbacks, which it asks for again after 1 s; it polls once then, and no more while a scenario lasts',
  resending: 'sends again by itself what the provider is proven not to know',
  never_resending: 'never sends again',
  impatient: 'its schedule of polls ends before the provider knows an outcome that comes later',
  unreachable: 'nobody listens at its address; it gives up after 2 s',
  stopped: 'nobody listens at its address; it does not give up while a scenario lasts',
  wrong_credentials: 'its credentials are wrong',
  shut_out: 'its credentials are right, but refused now and then',
  encrypting: 'sends card numbers encrypted',
  signing: 'signs its requests',
  wrongly_signing: 'signs its requests with a key that the provider does not know',
  clock_off: "encrypts and signs as far as it can; the provider's clock is off, but within its tolerance",
  clock_far_off: "encrypts and signs as far as it can; the provider's clock is off beyond its tolerance",
  two_step:
    'registers first, executes once the provider says that the order is ready; its schedule of polls ends after 20 s',
  two_step_resending: 'the same, and sends again by itself what provably was not executed',
} as const;
export type Role = keyof typeof ROLES;

/** A callback that a scenario asks for. `true`: it says how the order stands. `foreign`: it names nobody's order. */
export type CallbackTwist = 'true' | 'forged' | 'says_paid' | 'says_declined' | 'foreign';

/** A callback that only some providers' simulators can send. It is about the scenario's order. */
export const ODD_CALLBACKS = {
  other_amount: 'well signed, says paid, but another amount',
  signed_by_another: "well signed by another account, says declined, comes to the order's own account",
  at_anothers_door: 'well signed by another account, says declined, comes to that other account',
} as const;
export type OddCallback = keyof typeof ODD_CALLBACKS;

/** What a person does before the provider's page or form. `approve_twice`: a first try is declined there. */
export type PersonDoes = 'approve' | 'decline' | 'mistype_then_approve' | 'approve_twice';
