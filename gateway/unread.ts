import { TooDeepError } from './errors.js';
import type { RequestRefusal } from './metrics.js';

/** Why a request was not even read; undefined for every other error. */
export function unreadBecause(error: unknown): RequestRefusal | undefined {
  if (error instanceof TooDeepError) return 'too_deep';
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  if (error.statusCode === 413) return 'too_large';
  if (error.statusCode === 415) return 'media_type';
  return error.statusCode === 400 ? 'malformed' : undefined;
}
