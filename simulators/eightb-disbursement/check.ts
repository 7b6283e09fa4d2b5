/** `check` and `notify`. 8b Disbursement §5.2, §5.6. */
import { resultAnswer } from './answer.js';
import { isFresh } from './freshness.js';
import type { Fields } from './form.js';
import type { Ledger } from './ledger.js';
import type { Operation } from './operation.js';
import { isFinal } from './operation.js';
import type { Handler } from './payout.js';
import { REFUSALS, invalid } from './refusal.js';

export function createCheck(ledger: Ledger): Handler {
  return (service, fields) => {
    const { variant } = service;
    if (variant.check === 'off') throw REFUSALS.accessDenied;
    for (const name of ['id', 'dt', 'amount', 'destination']) if (!fields.has(name)) throw invalid(name);
    refuseOthers(fields, ['id', 'dt', 'amount', 'destination']);
    const [id = '', dt = ''] = [fields.get('id'), fields.get('dt')];
    if (variant.checkDt === 'any' && !isFresh(dt, service)) throw invalid('dt');
    const operation = visible(ledger.find(service.id, id));
    if (!operation) return { answer: resultAnswer(id, variant.notFoundToken, service) };
    if (variant.checkDt === 'original' && dt !== operation.dt) throw invalid('dt');
    for (const name of ['amount', 'destination'] as const) {
      if (fields.get(name) !== operation[name]) throw invalid(name);
    }
    return { answer: resultAnswer(id, operation.status, service, operation.error) };
  };
}

/** Sends the callback once more, for an operation that has ended. */
export function createNotify(ledger: Ledger, resend: (operation: Operation) => void): Handler {
  return (service, fields) => {
    for (const name of ['id', 'dt']) if (!fields.has(name)) throw invalid(name);
    refuseOthers(fields, ['id', 'dt']);
    if (!isFresh(fields.get('dt') ?? '', service)) throw invalid('dt');
    const operation = visible(ledger.find(service.id, fields.get('id') ?? ''));
    if (!operation) throw invalid('id');
    if (!isFinal(operation)) throw REFUSALS.notFinal;
    resend(operation);
    return { answer: resultAnswer(operation.id, 'OK', service) };
  };
}

export function refuseOthers(fields: Fields, known: readonly string[]): void {
  for (const name of fields.keys()) {
    if (![...known, 'hash', 'secretkey'].includes(name)) throw invalid(name);
  }
}

function visible(operation: Operation | undefined): Operation | undefined {
  return operation && (operation.hiddenUntil ?? 0) > Date.now() ? undefined : operation;
}
