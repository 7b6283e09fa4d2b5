import type { Action } from '../../domain/provider-answer.js';
import { visitPage, type Typed } from '../browser.js';
import type { PersonDoes } from '../words.js';

const CARD = '2200000000000004';
const MISTYPED = '2200000000000005';

/** What a person sends off, in order. The hosted page reads `pan` and `action`, the 3-D Secure form `PaRes` alone. */
const SUBMISSIONS: Readonly<Record<PersonDoes, readonly Typed[]>> = {
  approve: [{ pan: CARD, action: 'pay', PaRes: 'Y' }],
  decline: [{ pan: '', action: 'cancel', PaRes: 'N' }],
  approve_twice: [
    { pan: CARD, action: 'pay', PaRes: 'Y' },
    { pan: CARD, action: 'pay', PaRes: 'Y' },
  ],
  mistype_then_approve: [
    { pan: MISTYPED, action: 'pay', PaRes: 'Y' },
    { pan: CARD, action: 'pay', PaRes: 'Y' },
  ],
};

/** What a person does before All2pay's page or form. */
export function actAt(action: Action, does: PersonDoes): Promise<void> {
  return visitPage(action, SUBMISSIONS[does]);
}
