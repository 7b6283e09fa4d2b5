/** Every open question of the document that the provider's side can play, switched to its other answers one by one. */
import type { VariantChanges } from './variant.js';

export interface EightbDisbursementVariant {
  /** Unique, e.g. `fieldCase=upper`. */
  readonly name: string;
  /** The section of the document that leaves it open. */
  readonly section: string;
  /** One line for people. */
  readonly words: string;
  /** For a service's `variant`, or the simulator's own options. */
  readonly patch: VariantChanges;
}

function of<Name extends keyof VariantChanges>(
  field: Name,
  value: VariantChanges[Name],
  section: string,
  words: string,
): EightbDisbursementVariant {
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { name: `${field}=${shown}`, section, words, patch: { [field]: value } };
}

export const EIGHTB_DISBURSEMENT_VARIANTS: readonly EightbDisbursementVariant[] = [
  of('recipes', { check: ['id', 'dt'] }, '3.1', 'the hash of a check covers id and dt alone'),
  of(
    'recipes',
    { callback: ['id', 'amount', 'result'] },
    '3.1',
    'the hash of a callback covers no dt and direction',
  ),
  of('recipes', { notify: ['id'] }, '3.1', 'the hash of notify covers id alone'),
  of('fieldCase', 'upper', '4', 'field names are in capitals'),
  of('timeZone', 'Europe/Moscow', '4', 'dates are in Moscow time'),
  of('amountScale', 0, '4', 'amounts have no decimals'),
  of('checkDt', 'original', '5.2', 'a check repeats the dt of its payout'),
  of('dtWindowMs', 300_000, '12', 'a request that is older than five minutes is refused'),
  of('secretInClear', 'required', '3', 'the key itself must be in every request'),

  of('existingId', 'duplicate', '9', 'an id that is known is refused as a duplicate'),
  of('existingId', 'executeAgain', '9', 'an id that is known is paid again'),
  of('check', 'off', '5.2', 'checks are not allowed for this service'),

  of('notFoundToken', 'NOT_FOUND', '5.2', 'NOT_FOUND with an underscore'),
  of('notFoundToken', 'Not found', '5.2', 'Not found in small letters'),
  of('errorForm', 'bare', '5.1', 'ERROR without a colon'),
  of('errorForm', 'tight', '5.1', 'ERROR without a blank'),
  of('errorElement', 'absent', '5.2', 'a check tells no reason'),
  of('idEcho', 'registered', '5.1', 'id is echoed beside OK alone'),
  of('elementCase', 'upper', '4', 'elements are in capitals'),
  of('contentType', 'text/plain', '4', 'XML is labelled as text'),
  of('securityReply', 'http400', '6', 'a wrong hash or sender is HTTP 400'),
  of('parameterReply', 'http403', '6', 'a bad field is HTTP 403'),
  of('unknownService', 'http404', '6', 'an unknown Service_ID is HTTP 404'),

  of('callbacks', 'off', '5.7', 'no callback is ever sent'),
  of('ack', 'json', '5.7', 'callbacks are acknowledged in JSON'),
  of('callbackDt', 'sending', '5.7', 'each repetition of a callback is dated anew'),

  of('statementComment', 'plain', '5.4', 'a movement does not say which operation it belongs to'),
  of('registryTypeIn', 'path', '5.5', "the registry's format stands in its path"),
  of('registryDelimiter', ';', '5.5', 'the registry is separated by semicolons'),
  of('registryColumns', { id: 'operation_id', status: 'state' }, '5.5', 'registry columns have other names'),
];
