import { z } from 'zod';
import { fault } from './fault.js';

/** As `cardFingerprint` in `secrets/fingerprint.ts` makes it. */
export const cardFingerprintSchema = z.string().regex(/^[0-9a-f]{32}$/, {
  error: fault(
    'is not the fingerprint of a card',
    'Give cardFingerprint as a payout shows it: 32 hex digits.',
  ),
});
