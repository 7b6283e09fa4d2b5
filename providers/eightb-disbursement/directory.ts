import { z } from 'zod';
import { isCurrencyCode } from '../../domain/currencies.js';
import type { DestinationType } from '../../domain/payout-request.js';
import { isRegExp } from '../config-checks.js';

/** One payout direction of the provider's directory, which is not public (8b Disbursement §5.8). */
export const directionSchema = z.strictObject({
  type: z.enum(['bank_account', 'card', 'phone', 'wallet']),
  /** Only for `wallet`: the scheme that this direction pays to. Left out: every one. */
  scheme: z.string().min(1).max(40).optional(),
  /** ISO 4217. */
  currencies: z.array(z.string().refine(isCurrencyCode, 'Not an ISO 4217 currency')).min(1),
  /** What the direction demands of the optional fields of §5.1, by the provider's names. */
  requiredFields: z.array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)).default([]),
  /** A regular expression for `client`. */
  clientPattern: z
    .string()
    .min(1)
    .max(200)
    .refine(isRegExp, 'Not a regular expression')
    .default('^.{1,255}$'),
});

export type Direction = z.output<typeof directionSchema>;
export type Directory = Readonly<Record<string, Direction>>;

/** What the document assumes as long as the provider gave no directory: SEPA, and cards in EUR or USD (§5.8). */
export const DEFAULT_DIRECTORY: Directory = {
  '202': {
    type: 'bank_account',
    currencies: ['EUR'],
    requiredFields: [],
    clientPattern: '^[A-Za-z0-9]{4,34}$',
  },
  '3': { type: 'card', currencies: ['EUR', 'USD'], requiredFields: [], clientPattern: '^\\d{13,19}$' },
};

export type Chosen =
  | { readonly kind: 'one'; readonly code: string; readonly direction: Direction }
  /** The directions that would do, if one were named; none: nothing fits. */
  | { readonly kind: 'none' | 'several' | 'another'; readonly fitting: readonly string[] };

/** What the choice hangs on: a payout's request and its order have the same. */
export interface Routed {
  readonly destination: { readonly type: DestinationType; readonly scheme?: string };
  readonly amount: { readonly currency: string };
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
}

/** The direction of a payout: by destination and currency, and where that leaves several, by `providerFields.destination`. */
export function chooseDirection(
  directory: Directory,
  { destination, amount, providerFields }: Routed,
): Chosen {
  const fitting = Object.entries(directory).filter(
    ([, { type, scheme, currencies }]) =>
      type === destination.type &&
      (currencies as readonly string[]).includes(amount.currency) &&
      (scheme === undefined || scheme === destination.scheme),
  );
  const codes = fitting.map(([code]) => code);
  const named = providerFields?.['destination'];
  const left = named === undefined ? fitting : fitting.filter(([code]) => code === named);
  const [only, ...others] = left;
  if (only !== undefined && others.length === 0) return { kind: 'one', code: only[0], direction: only[1] };
  if (fitting.length === 0) return { kind: 'none', fitting: codes };
  return { kind: named === undefined ? 'several' : 'another', fitting: codes };
}
