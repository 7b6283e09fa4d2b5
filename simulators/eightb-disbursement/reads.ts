/** `balance` and `balance_statement`. 8b Disbursement §5.3, §5.4. */
import { refuseOthers } from './check.js';
import { listTime, readListTime } from './dates.js';
import { decimalOf } from './decimal.js';
import type { Fields } from './form.js';
import { isFresh } from './freshness.js';
import type { Ledger, Movement } from './ledger.js';
import type { Handler } from './payout.js';
import { invalid } from './refusal.js';
import type { Service } from './settings.js';
import type { Element } from './xml.js';

export function createBalance(ledger: Ledger): Handler {
  return (service, fields) => {
    refuseOthers(fields, ['dt']);
    if (!isFresh(fields.get('dt') ?? '', service)) throw invalid('dt');
    const content = decimalOf(ledger.funds(service.id), service.variant.amountScale, service.exponent);
    return { answer: { elements: [{ name: 'balance', content }] } };
  };
}

export function createStatement(ledger: Ledger): Handler {
  return (service, fields) => {
    refuseOthers(fields, ['dt_start', 'dt_end']);
    const isIn = spanOf(fields, service);
    const elements = ledger
      .movements(service.id)
      .filter(({ at }) => isIn(at))
      .map((movement) => elementOf(movement, service));
    return { answer: { elements } };
  };
}

/**
 * Is a time within `dt_start` ≤ t < `dt_end` (§5.5)?
 * @throws Refusal
 */
export function spanOf(fields: Fields, { variant: { timeZone } }: Service): (at: number) => boolean {
  const start = readListTime(fields.get('dt_start') ?? '', timeZone);
  const end = readListTime(fields.get('dt_end') ?? '', timeZone);
  if (start === undefined) throw invalid('dt_start');
  if (end === undefined || end <= start) throw invalid('dt_end');
  return (at) => at >= start && at < end;
}

function elementOf({ id, at, type, minor, operation, words }: Movement, service: Service): Element {
  const { variant, exponent } = service;
  const named = operation !== undefined && variant.statementComment === 'id';
  return {
    name: 'statement',
    attributes: { id: String(id), dt: listTime(at, variant.timeZone), type },
    content: [
      { name: 'sum', content: decimalOf(minor, variant.amountScale, exponent) },
      {
        name: 'comment',
        content: named ? `${words === 'return' ? 'return of payout' : words} ${operation}` : words,
      },
    ],
  };
}
