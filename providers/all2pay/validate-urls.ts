import type { ReturnUrls } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import { webAddress } from '../web-address.js';

/** Addresses that a browser cannot be sent back to. */
export function returnUrlProblems(urls: ReturnUrls | undefined): readonly Problem[] {
  if (urls === undefined) return [];
  const { success, failure } = urls;
  return [
    ...urlProblems('returnUrls.success', success),
    ...(failure === undefined ? [] : urlProblems('returnUrls.failure', failure)),
  ];
}

function urlProblems(field: string, url: string): readonly Problem[] {
  if (webAddress(url) !== undefined) return [];
  const remedy = 'Write it with its scheme and without user name: https://shop.example/paid';
  return [{ field, problem: 'is not an absolute URL', remedy }];
}
