import { isIP } from 'node:net';
import { formatMoney } from '../../domain/money.js';
import type { PaymentRequest } from '../../domain/payment.js';
import type { Problem } from '../../domain/problem.js';
import type { PaymentLimits } from '../payment-port.js';
import type { EightbPayConfig } from './config.js';
import { MAX_TEXT } from './limits.js';
import { validateTexts } from './validate-texts.js';

/** What 8b.world would certainly refuse (8b.world /pay §4.1), or this account is not set up for. */
export function validate(
  request: PaymentRequest,
  config: EightbPayConfig,
  limits: PaymentLimits,
): readonly Problem[] {
  return [
    ...amountProblems(request, limits),
    ...orderIdProblems(request, limits),
    ...timeProblems(request),
    ...purposeProblems(request, config),
    ...ipProblems(request),
    ...validateTexts(request),
  ];
}

function amountProblems({ amount }: PaymentRequest, limits: PaymentLimits): readonly Problem[] {
  if (!limits.currencies.includes(amount.currency)) {
    return problem(
      'amount.currency',
      `${amount.currency} is not taken by this account`,
      `Use ${limits.currencies.join(', ')}`,
    );
  }
  const field = 'amount.minor';
  const of = (minor: number): string => formatMoney({ minor, currency: amount.currency });
  if (!Number.isSafeInteger(amount.minor)) {
    return problem(field, 'is not a whole number of minor units', 'Write 10050 for 100.50 EUR');
  }
  if (amount.minor < limits.minMinor) {
    return problem(field, `${of(amount.minor)} is too little`, `Ask for at least ${of(limits.minMinor)}`);
  }
  if (amount.minor > limits.maxMinor) {
    return problem(
      field,
      `${of(amount.minor)} is too much for one payment`,
      `Ask for at most ${of(limits.maxMinor)}`,
    );
  }
  return [];
}

function orderIdProblems({ orderId }: PaymentRequest, limits: PaymentLimits): readonly Problem[] {
  if (orderId === undefined || limits.orderIdPattern.test(orderId)) return [];
  const words =
    orderId.length > MAX_TEXT
      ? `${orderId.length} characters, at most ${MAX_TEXT}`
      : `is not ${limits.orderIdRule}`;
  return problem('orderId', words, 'Change it, or leave it out to have one made');
}

function timeProblems({ expiresAt }: PaymentRequest): readonly Problem[] {
  const ms = Date.parse(expiresAt);
  // Four digits of the year are all that the provider's form has.
  if (ms >= 0 && ms < Date.parse('9999-12-31T00:00:00Z')) return [];
  return problem('expiresAt', 'is not a time', 'Write it in ISO 8601: 2030-01-01T00:00:00Z');
}

function purposeProblems(request: PaymentRequest, config: EightbPayConfig): readonly Problem[] {
  const { purpose, recurrentOf } = request;
  if (purpose === 'card_verification' && !config.cardVerification) {
    return problem(
      'purpose',
      'is card_verification, which depends on the acquirer; one that does not know it would charge the card',
      'Have the provider confirm it, then set cardVerification for this account',
    );
  }
  if (recurrentOf === undefined) return [];
  if (!config.recurrent) {
    return problem(
      'recurrentOf',
      'is not possible on this account',
      'Leave it out, so that the payer comes to the page',
    );
  }
  if (purpose === 'card_verification') {
    return problem('recurrentOf', 'makes no sense for a card verification', 'Leave it out');
  }
  return [];
}

function ipProblems({ payer }: PaymentRequest): readonly Problem[] {
  if (payer.ip === undefined || isIP(payer.ip) !== 0) return [];
  return problem('payer.ip', 'is no IPv4 or IPv6 address', 'Correct it, or leave it out');
}

function problem(field: string, words: string, remedy: string): readonly Problem[] {
  return [{ field, problem: words, remedy }];
}
