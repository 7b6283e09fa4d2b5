import type { MerchantId } from '../domain/ids.js';

/** What came of one scenario. */
export type Result =
  | {
      readonly kind: 'played';
      readonly status: string;
      /** Undefined where no money is meant to move. */
      readonly bookings: number | undefined;
      /** What was given back of it, in minor units, where something was. */
      readonly back?: number | undefined;
      /** Empty: it held. */
      readonly problems: readonly string[];
    }
  /** It broke off before an end. */
  | { readonly kind: 'broken'; readonly problems: readonly string[] }
  /** The provider has nothing of the kind, in words. */
  | { readonly kind: 'lacking'; readonly words: string };

/** On whose behalf all scenarios pay. */
export const MERCHANT = 'conformance' as MerchantId;

/** With its cause: the outermost words of a failed call say only that it failed. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${inWords(error.cause)}`;
}
