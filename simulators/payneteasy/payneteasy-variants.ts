/**
 * Every open question and assumption of the Payneteasy document that the provider's side can play, switched to its other
 * answers one by one. What is not here concerns the merchant's side alone (timeouts, polls, grace periods).
 */
import type { VariantChanges } from './variant.js';

export interface PayneteasyVariant {
  /** Unique: `duplicateOrder=reject`. */
  readonly name: string;
  /** One line for people. */
  readonly words: string;
  /** For a merchant's `variant`, or the simulator's own options. */
  readonly patch: VariantChanges;
  /** Which flow it shows itself in; absent: any. */
  readonly flow?: 'two_step' | undefined;
}

function of<Name extends keyof VariantChanges>(
  field: Name,
  value: VariantChanges[Name],
  words: string,
  flow?: 'two_step',
): PayneteasyVariant {
  const shown = Array.isArray(value) ? value.join('+') : String(value);
  return { name: `${field}=${shown === '' ? 'none' : shown}`, words, patch: { [field]: value }, flow };
}

export const PAYNETEASY_VARIANTS: readonly PayneteasyVariant[] = [
  of('orderIdField', 'client-order-id', 'the order id is called as in the example of 2017'),
  of('requiredFields', ['purpose', 'bank_name'], 'the endpoint insists on a purpose and a bank'),
  of('clockWindowSecs', 30, 'timestamps may be off by half a minute'),
  of('repeatedNonce', 'taken', 'a nonce may come twice'),

  of('json', 'ignored', 'answers are forms, whatever is asked for'),
  of('jsonType', 'text/html', 'JSON is labelled as HTML'),
  of('jsonRejection', 200, 'JSON says no in an HTTP 200'),
  of('names', 'snake', 'answers spell their names with underscores'),
  of('errorCodeAs', 'number', 'error codes are JSON numbers'),
  of('amountAs', 'short', 'amounts come without closing zeros'),
  of('amountAs', 'number', 'amounts come as JSON numbers'),
  of('forbiddenBody', 'error', 'HTTP 403 carries an error as JSON'),
  of('forbiddenBody', 'empty', 'HTTP 403 carries nothing'),

  of('statusIds', 'ours', 'a status names our id alone'),
  of('statusIds', 'none', 'a status names no id at all'),
  of('statusAmount', 'absent', 'a status does not say the amount'),
  of('processingAs', 'absent', 'a status in processing is left out'),
  of('transactionType', '', 'the transaction type is not said'),
  of('transactionType', 'withdrawal', 'a payout is called withdrawal'),
  of('rrn', 'absent', 'no processor-rrn is said'),
  of('notFoundAs', 'validation-error', 'no such order is a validation error, in other words'),
  of('withoutOrderId', 'refused', 'a question needs the orderid of the gateway'),

  of('duplicateOrder', 'reject', 'a repeated order id is refused'),
  of('duplicateOrder', 'execute_again', 'a repeated order id is executed again'),
  of('repeatedPay', 'reject', 'a repeated payout-pay is refused, and names no order', 'two_step'),
  of('repeatedPay', 'replay', 'a repeated payout-pay gets the same answer', 'two_step'),
  of('readyAs', 'approved_check', 'a checked order is an approved check', 'two_step'),
  of('declinesAt', 'pay', 'what is declined is declined by the second step', 'two_step'),
  of('redirectExpiry', 'never', 'a form that nobody uses stays open for ever'),
  of('unknownEnds', 'declined', 'unknown becomes declined'),
  of('unknownEnds', 'never', 'unknown stays unknown'),
  of('errorTurns', 'approved', 'error turns to approved'),

  of('callbacks', 'off', 'no callback is ever sent'),
  of('callbackType', 'absent', 'callbacks do not say their type'),

  of('balanceShape', 'list', 'balances are a JSON list'),
  of('balanceShape', 'single', 'only one balance is told'),
];
