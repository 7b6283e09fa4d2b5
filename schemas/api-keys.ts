import { z } from 'zod';
import { ROLES } from '../domain/roles.js';
import { FOR_EVERYONE, reasonField } from './commands.js';
import { fault, wrongKind } from './fault.js';
import { merchantSchema } from './names.js';
import { strict } from './strict.js';
import { text } from './text.js';
import { timeSchema } from './time.js';

/** How long a former secret works after a rotation, when nothing else is said: time to bring the new one everywhere. */
export const DEFAULT_GRACE_SECS = 24 * 60 * 60;
const MAX_GRACE_SECS = 30 * DEFAULT_GRACE_SECS;

const ROLES_REMEDY = `Give at least one of ${ROLES.join(', ')}.`;
const GRACE_REMEDY = `Give whole seconds from 0 to ${MAX_GRACE_SECS}, or leave it out for a day.`;

/** The body of `POST /v1/api-keys`. */
export const newApiKeySchema = strict(
  {
    name: text({
      description: 'Whose key it is; stands in the history of what is done with it.',
      remedy: 'Give a name of at most 60 characters.',
      max: 60,
      example: 'shop back end',
    }),
    roles: z
      .array(z.enum(ROLES, { error: fault('is not a role', ROLES_REMEDY) }), {
        error: wrongKind('a list of roles', ROLES_REMEDY),
      })
      .min(1, { error: fault('is empty', ROLES_REMEDY) })
      .max(ROLES.length, { error: fault('names a role twice', 'Name each role once.') })
      .meta({ description: 'What it may do; none more than the key that makes it.' }),
    merchant: merchantSchema
      .optional()
      .meta({ description: 'The one merchant that it acts for; left out: all of them.' }),
    expiresAt: timeSchema('It opens nothing any more from then on; left out: no such time.').optional(),
  },
  'Give an object with name and roles, and merchant where it acts for one.',
).meta({
  id: 'NewApiKey',
  examples: [{ name: 'shop back end', roles: ['create', 'read'], merchant: 'shop' }],
});

/** The body of `POST /v1/api-keys/:id/rotate`. */
export const rotateBodySchema = strict(
  {
    graceSecs: z
      .int({ error: wrongKind('a whole number', GRACE_REMEDY) })
      .min(0, { error: fault('is negative', GRACE_REMEDY) })
      .max(MAX_GRACE_SECS, { error: fault('is more than 30 days', GRACE_REMEDY) })
      .optional()
      .meta({
        description: 'How long the former secret works as well; a day when left out, 0 ends it at once.',
      }),
    reason: reasonField.optional(),
  },
  FOR_EVERYONE,
)
  .default({})
  .meta({ id: 'Rotate', examples: [{ graceSecs: 0, reason: 'It stood in a chat' }] });

/** The query of `DELETE /v1/api-keys/:id`. */
export const revokeQuerySchema = strict({ reason: reasonField.optional() }, FOR_EVERYONE);

const time = z.string().meta({ format: 'date-time' });

/** A key as shown in lists: never its secret. */
export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.enum(ROLES)),
    merchant: z.string().optional().meta({ description: 'Absent: it acts for all.' }),
    createdAt: time,
    expiresAt: time.optional(),
    lastUsedAt: time.optional().meta({ description: 'To the hour; absent: never.' }),
    formerSecretUntil: time
      .optional()
      .meta({ description: 'The secret before the last rotation works until then, too.' }),
    revokedAt: time.optional(),
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
