/** By the provider's page; by its page, for a proof of the card alone; by the token of an earlier payment. */
export type Way = 'page' | 'verification' | 'token';

/**
 * What the provider makes of it beside what the payer does: a charge by token is declined or not known for a while, a
 * hold cannot be released.
 */
export type Outcome = 'plain' | 'declined' | 'uncertain' | 'release_fails';

/** When the polls of an account with callbacks begin, so that what ends before was ended by a callback. In ms. */
export const LATE_POLLS_MS = 40_000;

/** How long an order of a `brief` account lives, in ms; the account's grace comes after it. */
export const BRIEF_MS = 8_000;
export const GRACE_MS = 1_000;

/** The accounts that scenarios ask for. All have short waits: polls every 700 ms, 1 s of grace after an order's end. */
export const ROLES = {
  polled: 'no callbacks',
  called_back: 'callbacks; its polls begin only after 40 s',
  brief: 'no callbacks; its orders are over after 8 s, at the provider hours later',
  impatient: 'as brief, and its schedule of polls is 2 s long',
  two_stage: 'no callbacks; a success holds the money',
  verifying: 'no callbacks; verifies cards',
  twice_payable: 'callbacks; an order can be paid from two tabs',
  not_beginning_again: 'a second initialization is up to a person',
  unreachable: 'nobody listens at its address; it gives up after 2 s',
  wrong_credentials: 'its credentials are wrong',
} as const;
export type Role = keyof typeof ROLES;

/** What the payer does before the provider's page. */
export type PayerDoes =
  | 'pay'
  | 'mistype_then_pay'
  | 'approve_challenge'
  | 'abandon_challenge'
  | 'refuse_challenge_then_pay'
  | 'fail_and_leave'
  | 'fail_twice_then_pay'
  | 'pay_with_delay'
  | 'pay_in_two_tabs';

/** A callback that a scenario asks for. `true`: it says how the order's last transaction stands. */
export type CallbackTwist =
  | 'true'
  | 'forged'
  | 'says_created'
  | 'says_declined'
  | 'says_unheard_of'
  | 'says_nothing'
  | 'other_amount'
  /** Rightly signed, with the key of another shop inside. */
  | 'foreign_shop'
  /** A true one, at the door of another account. */
  | 'other_door'
  /** About an order that nobody knows. */
  | 'nobodys_order';
