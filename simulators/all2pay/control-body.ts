/** Reads what the `/sim/` door is asked for; a typing error must not become a fault that never strikes. */
import { randomUUID } from 'node:crypto';

import type { Binding } from './binding.js';
import type { SendHow } from './callbacks.js';
import { checkPan, maskPan } from './card.js';
import type { Fault } from './fault.js';
import { isCallbackFault, isMethod, isWireFault } from './fault.js';
import type { JsonObject } from './fields.js';
import {
  isObject,
  optionalInteger,
  optionalObject,
  optionalText,
  refuseOthers,
  requiredText,
} from './fields.js';
import { isRow, refusal } from './refusal.js';

const FIELDS = [
  'kind',
  'orderNumber',
  'method',
  'login',
  'times',
  'forMs',
  'ms',
  'processed',
  'retryAfterSecs',
  'row',
  'subject',
  'orderStatus',
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
  if (row !== undefined && !isRow(row)) throw refusal(5, 'row', 'row of the error table');
  return {
    ...{ kind, method, processed, row },
    orderNumber: optionalText(given, 'orderNumber'),
    login: optionalText(given, 'login'),
    times: optionalInteger(given, 'times', 9),
    forMs: optionalInteger(given, 'forMs', 9),
    ms: optionalInteger(given, 'ms', 9),
    retryAfterSecs: optionalInteger(given, 'retryAfterSecs', 9),
    subject: optionalText(given, 'subject'),
    orderStatus: optionalText(given, 'orderStatus'),
    set: optionalObject(given, 'set'),
  };
}

/** A stored card; without a login it is good for every one. */
export function readBinding(body: JsonObject): Binding {
  refuseOthers(body, ['bindingId', 'clientId', 'pan', 'direction', 'login'], 'bindings');
  const direction = optionalText(body, 'direction', { pattern: /^(target|source)$/ });
  return {
    bindingId: optionalText(body, 'bindingId', { max: 255 }) ?? randomUUID(),
    clientId: requiredText(body, 'clientId', { max: 255 }),
    maskedPan: maskPan(checkPan(body['pan'], 'pan')),
    direction: direction === 'source' ? 'source' : 'target',
    login: optionalText(body, 'login', { max: 30 }),
  };
}

export function readSendHow(body: JsonObject): SendHow {
  const { status, forged, unsigned } = body;
  const set = Object.entries(optionalObject(body, 'set') ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    status: status === '0' || status === '1' ? status : undefined,
    operation: optionalText(body, 'operation'),
    forged: forged === true,
    unsigned: unsigned === true,
    set: Object.fromEntries(set) as Record<string, string>,
    url: optionalText(body, 'url'),
    via: optionalText(body, 'via'),
  };
}
