import { z } from 'zod';
import { holdsCardNumber } from './card-lookalike.js';
import { fault, wrongKind } from './fault.js';
import { phoneSchema } from './destination.js';
import { strict } from './strict.js';
import { text } from './text.js';
import { webUrlFault, type WebUrlFault } from './web-url.js';

const nameOf = (which: string): z.ZodString =>
  text({
    description: `The recipient's ${which}.`,
    remedy: `Give the ${which} in at most 100 characters, or leave it out.`,
    max: 100,
  });

const emailOf = (whose: string, remedy: string): z.ZodString =>
  text({
    description: `${whose} e-mail address.`,
    remedy,
    max: 254,
    pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    shape: 'is not an e-mail address',
    example: 'name@example.com',
  });

export const emailSchema = emailOf("The payer's", 'Give an address like name@example.com.');

export const recipientSchema = strict(
  {
    id: text({
      description: 'Your id of the person; some providers need it for stored cards.',
      remedy: 'Give your id of the person in at most 100 characters, or leave it out.',
      max: 100,
    }).optional(),
    firstName: nameOf('first name').optional(),
    lastName: nameOf('last name').optional(),
    middleName: nameOf('middle name').optional(),
    email: emailOf("The recipient's", 'Give an address like name@example.com, or leave it out.').optional(),
    phone: phoneSchema.optional(),
  },
  'Give an object with the fields you know, or leave it out.',
).meta({ description: 'Who gets the money.' });

const ABSOLUTE = 'Give an absolute URL that begins with https://.';

const URL_FAULTS: Record<WebUrlFault, string> = {
  not_absolute: fault('is not an absolute URL', ABSOLUTE),
  not_web: fault('is not an http(s) URL', ABSOLUTE),
  not_encrypted: fault('is not encrypted', `${ABSOLUTE} http:// leads to localhost alone.`),
  credentials: fault('holds a user name or password', 'Leave them out of the URL.'),
};

const returnUrl = (which: string): z.ZodString =>
  text({
    description: `Where the recipient's browser goes after ${which}: https, or http to localhost.`,
    remedy: ABSOLUTE,
    max: 2000,
    example: 'https://shop.example/payout/done',
    check: (value) => {
      const found = webUrlFault(value);
      return found && URL_FAULTS[found];
    },
  }).meta({ format: 'uri' });

export const returnUrlsSchema = strict(
  {
    success: returnUrl('success'),
    failure: returnUrl('failure (default: the same as after success)').optional(),
  },
  'Give {"success": "https://…"}, or leave it out.',
).meta({ description: "Where the recipient's browser goes after a provider's page or form." });

export const descriptionSchema = text({
  description: 'For the recipient or the provider to read.',
  remedy: 'Give at most 1000 characters, or leave it out.',
  max: 1000,
  example: 'Withdrawal 1042',
});

export const batchSchema = text({
  description: 'Groups payouts for search.',
  remedy: 'Give at most 100 characters, or leave it out.',
  max: 100,
  example: '2026-07-salaries',
});

const KEYS = 'Use keys of 1 to 40 characters.';

/** An object of short texts, by keys of the caller's choice. */
function textsSchema(texts: {
  readonly maxKeys: number;
  readonly maxLength: number;
  readonly one: string;
  readonly description: string;
  readonly example: Readonly<Record<string, string>>;
}) {
  const { maxKeys, maxLength, one, description, example } = texts;
  return z
    .record(
      z.string().superRefine((key, context) => {
        const message = keyFault(key);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
      }),
      text({
        description: one,
        remedy: `Give text of 1 to ${maxLength} characters, or leave the key out.`,
        max: maxLength,
      }),
      { error: wrongKind('an object of texts', 'Give an object of keys and texts, or leave it out.') },
    )
    .superRefine(
      (given, context) => {
        if (Object.keys(given).length <= maxKeys) return;
        context.addIssue({
          code: 'custom',
          message: fault(`has more than ${maxKeys} keys`, `Keep at most ${maxKeys}.`),
        });
      },
      { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
    )
    .meta({ description, maxProperties: maxKeys, examples: [example] });
}

/** The caller's own notes. */
export const metadataSchema = textsSchema({
  maxKeys: 20,
  maxLength: 500,
  one: 'A note.',
  description: 'Your own notes, returned with the payout. Not for personal data.',
  example: { ticket: 'T-1042' },
});

/** What only one provider asks for. */
export const providerFieldsSchema = textsSchema({
  maxKeys: 40,
  maxLength: 255,
  one: "The provider's field.",
  description:
    "What only the account's provider asks for, by its own field names: which, docs/accounts.md says of each provider.",
  example: { receiver_city: 'Riga' },
});

function keyFault(key: string): string | undefined {
  if (key === '' || key.length > 40)
    return fault('has a key that is empty or longer than 40 characters', KEYS);
  if (/\p{Cc}|\p{Surrogate}/u.test(key))
    return fault('has a key with control characters', 'Use printable text only.');
  if (holdsCardNumber(key)) return fault('has a key that looks like a card number', 'Leave it out.');
  return undefined;
}
