import type { Action } from '../../domain/provider-answer.js';
import { visitPage, type Typed } from '../browser.js';
import type { PersonDoes } from '../words.js';

/** The page after the form sends the browser back to us: it is submitted as it is (Payneteasy §8, final redirect). */
const CONTINUE: Typed = {};
const APPROVE: Typed = { action: 'approve' };

/** What a person sends off, in order. */
const SUBMISSIONS: Readonly<Record<PersonDoes, readonly Typed[]>> = {
  approve: [APPROVE, CONTINUE],
  decline: [{ action: 'decline' }, CONTINUE],
  approve_twice: [APPROVE, CONTINUE],
  mistype_then_approve: [{ action: 'aprove' }, APPROVE, CONTINUE],
};

/** What a person does before the receiver's form at `redirect-to`. */
export function actAt(action: Action, does: PersonDoes): Promise<void> {
  return visitPage(action, SUBMISSIONS[does]);
}
