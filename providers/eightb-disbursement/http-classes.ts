import type { EightbConfig } from './config.js';
import type { ErrorClass } from './error-rules.js';

/**
 * HTTP statuses other than 200, which is read by its body (8b Disbursement §6; all but 200 assumed): 400 the security
 * check failed; 401 and 403 the request did not pass validation; 404 wrong path or Service_ID. A range is `5xx`.
 */
export const HTTP_CLASSES: Readonly<Record<string, ErrorClass>> = {
  '400': 'CONFIG',
  '401': 'FINAL',
  '403': 'FINAL',
  '404': 'CONFIG',
  '429': 'AMBIGUOUS',
  '5xx': 'AMBIGUOUS',
};

/** Undefined for a status that nobody documented. */
export function httpClassOf(
  status: number,
  { httpClasses }: Pick<EightbConfig, 'httpClasses'>,
): ErrorClass | undefined {
  const names = [String(status), `${Math.floor(status / 100)}xx`];
  const own = names.find((name) => Object.hasOwn(httpClasses, name));
  if (own !== undefined) return httpClasses[own];
  const known = names.find((name) => Object.hasOwn(HTTP_CLASSES, name));
  return known === undefined ? undefined : HTTP_CLASSES[known];
}
