import type { Difference } from '../subject.js';

/** Where this protocol ends otherwise than others do, still within the money rules. */
export const DIFFERENTLY: Readonly<Record<string, Difference>> = {
  'wrong credentials': {
    expected: { status: 'in_review', bookings: 0, reason: 'no_final_answer' },
    why: 'All error texts are assumed, so a refusal is only a suspicion until a check agrees with it; with wrong credentials the check is refused too.',
  },
  'resend allowed: paid, but the provider never finds it; refused each time as a duplicate': {
    expected: { status: 'succeeded', bookings: 1, sent: 2 },
    why: 'Here an exact repetition is no duplicate: it is answered by how the operation stands, which proves the payment.',
  },
};
