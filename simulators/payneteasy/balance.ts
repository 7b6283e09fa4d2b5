/** What a merchant holds. Payneteasy §6.6; how several balances stand beside each other is our own guess. */
import { writeAmount } from './amount.js';
import type { Answer, Values } from './answer.js';
import { refusal } from './answer.js';
import type { Form } from './encoding.js';
import type { Ledger } from './ledger.js';
import { isFinal } from './order.js';
import type { Merchant } from './settings.js';

/** @param below what follows the command's path: an endpoint, or `merchant/LOGIN`, `manager/LOGIN` */
export function balanceAnswer(below: string, form: Form, merchant: Merchant, ledger: Ledger): Answer {
  const holdings = Object.entries(merchant.fundsMinor ?? {}).map(([currency, funds]) => ({
    currency,
    heldMinor: funds - ledger.bookedMinor(merchant.login, currency),
    openMinor: ledger
      .all()
      .filter((order) => order.login === merchant.login && order.currency === currency && !isFinal(order))
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  }));
  const [first] = holdings;
  if (!first) return refusal('error', 'Balance is not enabled', { code: '9' });
  if (!/^(merchant|manager)\//.test(below)) {
    if (!form['balance-provider'])
      return refusal('validation-error', 'Parameter balance-provider is required');
    return { httpStatus: 200, values: { 'balance-amount': writeAmount(first.heldMinor, first.currency) } };
  }
  const named = holdings.filter(
    ({ currency }) => form['balance-name'] === undefined || form['balance-name'] === currency,
  );
  const told = named.map(({ currency, heldMinor, openMinor }): Values => ({
    name: currency,
    amount: writeAmount(heldMinor, currency),
    'online-balance-live-amount': writeAmount(heldMinor - openMinor, currency),
    'total-short-term-hold-amount': writeAmount(0, currency),
    'total-rolling-reserve-amount': writeAmount(0, currency),
    currency,
    merchantLogin: merchant.login,
    'amount-buffer-hold': writeAmount(openMinor, currency),
  }));
  if (merchant.variant.balanceShape === 'single') return { httpStatus: 200, values: told[0] ?? {} };
  return { httpStatus: 200, values: {}, list: told };
}
