import type { Action } from '../../domain/provider-answer.js';
import type { All2payConfig } from './config.js';
import type { All2payAnswer } from './responses.js';
import { webAddress } from '../web-address.js';

/** Longer values of the challenge's form are no challenge; real ones have some kilobytes. */
const MAX_FIELD = 16_384;

/** Does the answer demand that the payer's bank be asked (All2pay payouts document §7)? */
export function demandsThreeDs({ acsUrl, shortUrl }: All2payAnswer): boolean {
  return acsUrl !== undefined || shortUrl !== undefined;
}

/**
 * Where to send the payer's browser for 3-D Secure, in the document's order of preference; undefined if the answer
 * lacks what `threeDsStrategy` needs, or names no web address. `is3DSVer2` decides nothing: the samples contradict it.
 */
export function threeDsAction(
  answer: All2payAnswer,
  { threeDsStrategy, threeDsWaitSecs }: Pick<All2payConfig, 'threeDsStrategy' | 'threeDsWaitSecs'>,
  now: number,
): Action | undefined {
  const expiresAt = new Date(now + threeDsWaitSecs * 1000).toISOString();
  const ways = { shortUrl: byShortUrl, creq: byOwnForm, paReq: byClassicForm };
  const chosen = threeDsStrategy === 'auto' ? Object.values(ways) : [ways[threeDsStrategy]];
  for (const way of chosen) {
    const action = way(answer);
    if (action !== undefined) return { ...action, expiresAt };
  }
  return undefined;
}

/** The provider's own page does the rest. */
function byShortUrl({ shortUrl }: All2payAnswer): Action | undefined {
  const url = webAddress(shortUrl);
  return url === undefined ? undefined : { type: 'redirect', url };
}

/** 3DS2: only if the packed request appears, which the payouts document does not promise. */
function byOwnForm({ acsUrl, packedCReq, creq = packedCReq }: All2payAnswer): Action | undefined {
  return form(acsUrl, { creq });
}

/** Names in exactly this case. */
function byClassicForm({ acsUrl, mdOrder, paReq, termUrl }: All2payAnswer): Action | undefined {
  return form(acsUrl, { MD: mdOrder, PaReq: paReq, TermUrl: webAddress(termUrl) });
}

function form(acsUrl: string | undefined, given: Record<string, string | undefined>): Action | undefined {
  const url = webAddress(acsUrl);
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value.length > MAX_FIELD) return undefined;
    fields[name] = value;
  }
  return url === undefined ? undefined : { type: 'form_post', url, fields };
}
