import type { Action } from '../../domain/provider-answer.js';
import type { PayerDoes } from '../payments/words.js';
import { visitPage, type Typed } from '../browser.js';

/** The page's form, 8b.world /pay §10: the security code decides. */
const card = (cvv: string, pan = '4111111111111111'): Typed => ({
  ...{ pan, expiry: '12/49', cvv, holder: 'ANNA PETROVA', action: 'pay' },
});
const LEAVE: Typed = { action: 'leave' };
const APPROVE: Typed = { PaRes: 'Y' };
const REFUSE: Typed = { PaRes: 'N' };
const OTHER_CARD = '5555555555555599';

/** What a payer sends off, tab by tab, in order. */
const TABS: Readonly<Record<PayerDoes, readonly (readonly Typed[])[]>> = {
  pay: [[card('123')]],
  mistype_then_pay: [[card('123', '4111111111111112'), card('123')]],
  approve_challenge: [[card('333'), APPROVE]],
  abandon_challenge: [[card('333')]],
  refuse_challenge_then_pay: [[card('333'), REFUSE, card('123', OTHER_CARD)]],
  fail_and_leave: [[card('222'), LEAVE]],
  fail_twice_then_pay: [[card('222'), card('222', OTHER_CARD), card('123')]],
  pay_with_delay: [[card('888')]],
  pay_in_two_tabs: [[card('123')], [card('123', OTHER_CARD)]],
};

export async function actAt(action: Action, does: PayerDoes): Promise<void> {
  for (const submissions of TABS[does]) await visitPage(action, submissions);
}
