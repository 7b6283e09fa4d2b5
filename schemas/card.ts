import { isCardNumber } from '../domain/card.js';
import { fault } from './fault.js';
import { text } from './text.js';

const DIGITS_ONLY = 'Give 13 to 19 digits without spaces; check them against the card.';

export const cardNumberSchema = text({
  description: 'The card number: sealed to the workers at once, never stored or logged in readable form.',
  remedy: DIGITS_ONLY,
  max: 40,
  refuseCardNumbers: false,
  example: '2200000000000004',
  check: (number) => {
    if (isCardNumber(number)) return undefined;
    if (!/^\d+$/.test(number)) return fault('must be digits only', DIGITS_ONLY);
    if (number.length < 13 || number.length > 19) return fault(`has ${number.length} digits`, DIGITS_ONLY);
    return fault('fails the check digit (Luhn): a digit is wrong', DIGITS_ONLY);
  },
}).meta({ pattern: '^\\d{13,19}$', minLength: 13, maxLength: 19, writeOnly: true });

/** What was sealed to one of the gateway's public keys. */
export const sealedSchema = text({
  description: 'The card as a compact JWE to one of the keys at /.well-known/jwks.json.',
  remedy: "Seal it with the client library, or as a compact JWE to one of the gateway's public keys.",
  max: 4096,
  pattern: /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/,
  shape: 'is not a compact JWE',
  refuseCardNumbers: false,
});

export const maskedSchema = text({
  description: "The card's first six and last four digits with asterisks between.",
  remedy:
    'Show the first six and the last four digits only, with an asterisk for each other: 220000******0004.',
  max: 19,
  pattern: /^\d{6}\*{3,9}\d{4}$/,
  shape: 'is not a masked card number',
  example: '220000******0004',
});
