/** Reads what `POST /sim/faults` asks for; a typing error must not become a fault that never strikes. */
import type { Fault } from './fault.js';
import { isCallbackFault, isMethod, isWireFault } from './fault.js';
import { isObject, optionalInteger, optionalObject, optionalText, refuseOthers } from './fields.js';
import { isRow, refusal } from './refusal.js';

const FIELDS = [
  'kind',
  'orderNumber',
  'method',
  'login',
  'times',
  'ms',
  'processed',
  'retryAfterSecs',
  'row',
  'set',
];

export function readFault(given: unknown): Fault {
  if (!isObject(given)) throw refusal(5, 'fault', 'object');
  refuseOthers(given, FIELDS, 'faults');
  const { kind, method, processed } = given;
  if (typeof kind !== 'string' || !(isWireFault(kind) || isCallbackFault(kind)))
    throw refusal(5, 'kind', 'known fault');
  if (method !== undefined && !isMethod(method)) throw refusal(5, 'method', 'known method');
  if (processed !== undefined && typeof processed !== 'boolean') throw refusal(5, 'processed', 'boolean');
  const row = optionalInteger(given, 'row', 2);
  if (row !== undefined && !isRow(row)) throw refusal(5, 'row', 'row with a JSON body');
  return {
    ...{ kind, method, processed, row },
    orderNumber: optionalText(given, 'orderNumber'),
    login: optionalText(given, 'login'),
    times: optionalInteger(given, 'times', 9),
    ms: optionalInteger(given, 'ms', 9),
    retryAfterSecs: optionalInteger(given, 'retryAfterSecs', 9),
    set: optionalObject(given, 'set'),
  };
}
