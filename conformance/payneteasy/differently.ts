import type { Difference } from '../subject.js';

const NO_EXPIRY =
  'A form that nobody used is declined there like anything else: no status says that its time was over.';

const LEFT: Difference = { expected: { status: 'declined', bookings: 0 }, why: NO_EXPIRY };

/** By scenario: where Payneteasy's protocol ends otherwise than others. */
export const DIFFERENTLY: Readonly<Record<string, Difference>> = {
  'form: abandoned': LEFT,
  'form: its address is lost on the way to us; nobody can act': LEFT,
  'form: a cancel while the person should act is refused; abandoned': LEFT,
  'resend allowed: paid, but the provider never finds it; refused each time as a duplicate': {
    expected: { status: 'in_review', bookings: 1, sent: 2, reason: 'not_found_at_provider' },
    why: 'A repeat is given the first answer again. That is an acceptance, after which nothing is sent any more. (Refused as a duplicate, it is played as "a repeated order id is refused".)',
  },
};
