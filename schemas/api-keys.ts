import { z } from 'zod';
import { fault } from './fault.js';
import { merchantSchema } from './names.js';
import { strict } from './strict.js';
import { text } from './text.js';

const ROLES = ['merchant', 'operator'] as const;

/** The body of `POST /v1/api-keys`. */
export const newApiKeySchema = strict(
  {
    name: text({
      description: 'Whose key it is; stands in the history of what is done with it.',
      remedy: 'Give a name of at most 60 characters.',
      max: 60,
      example: 'shop back end',
    }),
    role: z.enum(ROLES, { error: fault('is missing or not a role', 'Give merchant or operator.') }),
    merchant: merchantSchema.optional(),
  },
  'Give an object with name, role and, for the role merchant, merchant.',
)
  .superRefine(({ role, merchant }, context) => {
    if ((role === 'merchant') === (merchant !== undefined)) return;
    const message =
      role === 'merchant'
        ? fault('is missing', 'A key of the role merchant acts for one merchant: say which.')
        : fault(
            'does not go with the role operator',
            "Leave it out: an operator's key acts for all merchants.",
          );
    context.addIssue({ code: 'custom', path: ['merchant'], message });
  })
  .meta({ id: 'NewApiKey', examples: [{ name: 'shop back end', role: 'merchant', merchant: 'shop' }] });

/** A key as shown in lists: never its secret. */
export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    merchant: z.string().optional(),
    createdAt: z.string().meta({ format: 'date-time' }),
    revokedAt: z.string().optional().meta({ format: 'date-time' }),
  })
  .meta({ id: 'ApiKey' });

export const apiKeyListSchema = z.object({ items: z.array(apiKeySchema) }).meta({ id: 'ApiKeyList' });

export const issuedApiKeySchema = z
  .object({
    key: apiKeySchema,
    secret: z.string().meta({ description: 'Shown this once: `payk_…`.' }),
  })
  .meta({ id: 'IssuedApiKey' });

export const apiKeyParamsSchema = z.object({ id: z.string().min(1).max(100) });
