import type { EightbDisbursementDirection } from '../../simulators/index.js';

/** A wallet of this form is known to the provider alone, so that it can refuse what we let pass. */
const WALLET_PATTERN = '^W\\d{8}$';

/** Our directory, which is configuration (8b Disbursement §5.8): one direction for each kind of destination. */
export const OUR_DIRECTIONS = {
  '202': { type: 'bank_account', currencies: ['EUR'], clientPattern: '^[A-Za-z0-9]{4,34}$' },
  '3': { type: 'card', currencies: ['EUR'], clientPattern: '^\\d{13,19}$' },
  '10': { type: 'phone', currencies: ['EUR'], clientPattern: '^\\d{7,15}$' },
  '40': { type: 'wallet', currencies: ['EUR'] },
} as const;

/** The same, as the provider has it. */
export const PROVIDERS_DIRECTIONS: Readonly<Record<string, EightbDisbursementDirection>> = {
  '202': { currencies: ['EUR'], clientPattern: '^[A-Za-z0-9]{4,34}$' },
  '3': { currencies: ['EUR', 'USD'], clientPattern: '^\\d{13,19}$' },
  '10': { currencies: ['EUR'], clientPattern: '^\\d{7,15}$' },
  '40': { currencies: ['EUR'], clientPattern: WALLET_PATTERN },
};
