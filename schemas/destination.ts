import { z } from 'zod';
import { isCardNumber } from '../domain/card.js';
import { cardNumberSchema, maskedSchema, sealedSchema } from './card.js';
import { fault } from './fault.js';
import { strict } from './strict.js';
import { text } from './text.js';

const REMEDY = 'Give an object with a type: card, stored_card, phone, bank_account, wallet or hosted_page.';

const clearCard = strict({ type: z.literal('card'), number: cardNumberSchema }, REMEDY).meta({
  title: 'Card',
  description: 'A card by its number.',
});

const sealedCard = strict(
  { type: z.literal('card'), sealed: sealedSchema, masked: maskedSchema },
  REMEDY,
).meta({ title: 'SealedCard', description: 'A card that the caller sealed itself.' });

export const storedCardSchema = strict(
  {
    type: z.literal('stored_card'),
    storedCardId: text({
      description:
        "A card that the provider keeps: your own id of it, where this engine had it stored, or the provider's id.",
      remedy: "Give your id of the stored card, or the provider's.",
      max: 100,
      example: '9a1f6c1e-5a2f-4c3e-9c58-0f7a6a1b2c3d',
    }),
  },
  REMEDY,
).meta({ title: 'StoredCard' });

/** General form only; what a provider's country wants more is the adapter's to check. */
export const phoneSchema = text({
  description: 'Digits with the country code, no plus sign.',
  remedy: 'Give 7 to 15 digits with the country code and without plus sign or spaces: 79160001122.',
  max: 20,
  pattern: /^\d{7,15}$/,
  shape: 'is not a phone number in digits',
  refuseCardNumbers: false,
  example: '79160001122',
  // Phone numbers of 13 digits exist, card numbers of 13 digits no longer do; of 14 and 15 digits it is the other way.
  check: (phone) =>
    phone.length > 13 && isCardNumber(phone)
      ? fault(
          'looks like a card number',
          'Give the phone number; a card number may only stand in destination.number.',
        )
      : undefined,
});

const phone = strict(
  {
    type: z.literal('phone'),
    phone: phoneSchema,
    bankId: text({
      description: "The receiving bank's member number (SBP: 12 digits).",
      remedy: "Give the receiving bank's member number, letters and digits only.",
      max: 34,
      pattern: /^[A-Za-z0-9]+$/,
      shape: 'is not a bank id',
      example: '100000000111',
    }),
  },
  REMEDY,
).meta({ title: 'Phone', description: 'An instant payment to a phone number.' });

/** Account and wallet numbers may well have 16 digits and pass Luhn by chance: they are not refused for it. */
const bankAccount = strict(
  {
    type: z.literal('bank_account'),
    accountNumber: text({
      description: 'The account number or IBAN.',
      remedy: 'Give at most 40 letters and digits without spaces.',
      max: 40,
      pattern: /^[A-Za-z0-9-]+$/,
      shape: 'is not an account number',
      refuseCardNumbers: false,
      example: '40817810099910004312',
    }),
    bankCode: text({
      description: 'BIC, routing number or sort code.',
      remedy: 'Give at most 20 letters, digits and dashes.',
      max: 20,
      pattern: /^[A-Za-z0-9-]+$/,
      shape: 'is not a bank code',
      example: '044525225',
    }),
  },
  REMEDY,
).meta({ title: 'BankAccount' });

const wallet = strict(
  {
    type: z.literal('wallet'),
    scheme: text({
      description: 'The wallet scheme as the provider names it.',
      remedy: 'Give the name of the wallet scheme.',
      max: 40,
      pattern: /^[A-Za-z0-9_-]+$/,
      shape: 'is not a wallet scheme',
      example: 'yoomoney',
    }),
    walletId: text({
      description: "The wallet's id in its scheme.",
      remedy: "Give the wallet's id.",
      max: 100,
      refuseCardNumbers: false,
      example: '410011234567',
    }),
  },
  REMEDY,
).meta({ title: 'Wallet' });

const hostedPage = strict({ type: z.literal('hosted_page') }, REMEDY).meta({
  title: 'HostedPage',
  description: "The recipient types the card on the provider's own page; needs returnUrls.",
});

const error = ({ code, input }: { code?: string; input?: unknown }): string => {
  if (code === 'invalid_union') return fault('is missing or not a known destination type', REMEDY);
  return input === undefined ? fault('is missing', REMEDY) : fault('must be an object', REMEDY);
};

/** Where the money goes, with a card by its number. */
export const clearDestinationSchema = z
  .discriminatedUnion('type', [clearCard, storedCardSchema, phone, bankAccount, wallet, hostedPage], {
    error,
  })
  .meta({ description: 'Where the money goes.' });

/** The same with a card sealed. */
export const sealedDestinationSchema = z
  .discriminatedUnion('type', [sealedCard, storedCardSchema, phone, bankAccount, wallet, hostedPage], {
    error,
  })
  .meta({ description: 'Where the money goes; a card is sealed.' });
