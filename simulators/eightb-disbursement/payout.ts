/** `payout`: registers an operation and sends the money on its way. 8b Disbursement §5.1, §9. */
import { createHash } from 'node:crypto';

import type { Outcome } from './answer.js';
import { pageAnswer, resultAnswer } from './answer.js';
import type { Bank } from './bank.js';
import type { Fields } from './form.js';
import type { Ledger } from './ledger.js';
import type { Operation } from './operation.js';
import { maskClient } from './operation.js';
import { readPayout } from './payout-body.js';
import { REFUSALS } from './refusal.js';
import { scenarioOf } from './scenarios.js';
import type { Service, Settings } from './settings.js';

export interface PayoutParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly settings: Settings;
}

/** Every handler may throw a `Refusal`. */
export type Handler = (service: Service, fields: Fields) => Outcome;

export function createPayout({ ledger, bank, settings }: PayoutParts): Handler {
  return (service, fields) => {
    const { client, ...body } = readPayout(fields, service, settings);
    const fresh: Operation = {
      ...body,
      service: service.id,
      request: digestOf(fields),
      maskedClient: maskClient(client),
      scenario: scenarioOf(client),
      createdAt: Date.now(),
      status: 'PROCESSING',
      bookings: [],
    };
    const known = ledger.find(service.id, body.id);
    if (known && service.variant.existingId !== 'executeAgain')
      return { answer: again(known, fresh, service) };
    // It breaks off before anything is registered.
    if (fresh.scenario === 'reset_unregistered') return {};

    const { bookings = [] } = known ?? {};
    const operation = bank.accept({ ...fresh, bookings });
    if (operation.scenario === 'paid_but_500') return { answer: pageAnswer(500, 'Internal Server Error') };
    if (operation.scenario === 'unparsable') return { answer: pageAnswer(200, 'Please wait') };
    return { answer: resultAnswer(operation.id, 'OK', service) };
  };
}

/** An exact repetition is told how the operation stands; anything else under its id is refused (§9). */
function again(known: Operation, fresh: Operation, service: Service): Outcome['answer'] {
  if (service.variant.existingId === 'duplicate' || known.request !== fresh.request)
    throw REFUSALS.duplicateId;
  return resultAnswer(known.id, known.status, service);
}

function digestOf(fields: Fields): string {
  const all = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}
