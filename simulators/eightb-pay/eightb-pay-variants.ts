/** Every open question of 8b.world /pay §11, and every assumption that the provider's side can play, one by one. */
import type { VariantChanges } from './variant.js';

export interface EightbPayVariant {
  /** Unique, e.g. `zone=+03:00`. */
  readonly name: string;
  /** The field of `Variant`. */
  readonly key: string;
  /** One line for people. */
  readonly words: string;
  readonly patch: VariantChanges;
}

function of<Name extends keyof VariantChanges>(
  key: Name,
  value: NonNullable<VariantChanges[Name]>,
  words: string,
): EightbPayVariant {
  return { name: `${key}=${String(value)}`, key, words, patch: { [key]: value } };
}

export const EIGHTB_PAY_VARIANTS: readonly EightbPayVariant[] = [
  of('signAlgorithm', 'sha256', 'signatures are HMAC-SHA256'),
  of('currencies', ['EUR', 'USD', 'UZS', 'GEL'], 'one more currency is taken'),
  of('requiredFields', false, 'the first group of fields is optional'),
  of('zone', '+03:00', 'times are those of a zone three hours ahead'),
  of('sameReference', 'refuse', 'a known reference is always refused'),
  of('sameReference', 'newSession', 'a known reference opens another page'),
  of('twoStage', true, 'a success holds the money'),
  of('verification', 'charges', 'the acquirer does not know verification_flag'),
  of('doubleCharge', 'possible', 'one order can be paid from two tabs'),
  of('systemCurrency', 'UAH', 'charged in another currency than ordered'),
  of('wrapBase64At', 60, 'data has a line break after every 60 characters'),
  of('statusAs', 'number', 'statuses are numbers'),
  of('statusAs', 'string', 'statuses are text'),
  of('idAs', 'string', 'transaction ids are text'),
  of('amountAs', 'number', 'amounts are numbers'),
  of('apiKeyInItems', false, 'transactions in answers carry no api_key'),
  of('echoKey', false, 'the page answer carries no shop_api_key'),
  of('failures', 'signed', 'failures are signed'),
  of('errorFields', 'error', 'failures have error alone'),
  of('errorFields', 'error_msg', 'failures have error_msg alone'),
  of('failureStatus', 400, 'failures are HTTP 400'),
  of('failureStatus', 422, 'failures are HTTP 422'),
  of('badSignStatus', 200, 'a wrong signature is a failure in HTTP 200'),
  of('unknownOrder', 'failure', 'the status of an unknown order is a failure'),
  of('contentType', 'html', 'JSON is labelled as HTML'),
  of('plainReport', true, 'reports are not signed'),
  of('reportPageSize', 2, 'two transactions on a page of a report'),
  of('acknowledgement', 'status', 'HTTP 200 acknowledges a callback, whatever its body'),
  of('callbacks', 'off', 'no callbacks'),
];
