import { z } from 'zod';
import { FOR_EVERYONE, merchantField, pageFields } from './commands.js';
import { pageSchemaOf } from './page.js';
import { strict } from './strict.js';
import { text } from './text.js';
import { timeSchema } from './time.js';

/** The query of `GET /v1/audit`. */
export const auditQuerySchema = strict(
  {
    actor: text({
      description: 'Who: as the list shows it, or the id of a key.',
      remedy: 'Give an actor as the list shows it, or the id of a key.',
      max: 200,
      example: '0123456789abcdef',
    }).optional(),
    action: text({
      description: 'What: an operation of this API, by its id in /openapi.json.',
      remedy: 'Give an operation id, for example resolvePayout.',
      max: 60,
      pattern: /^[A-Za-z]+$/,
      shape: 'is not an operation id',
      example: 'resolvePayout',
    }).optional(),
    merchant: merchantField,
    since: timeSchema('At or after.').optional(),
    until: timeSchema('Before.').optional(),
    ...pageFields,
  },
  FOR_EVERYONE,
);

export const auditEventSchema = z
  .object({
    id: z.string(),
    at: z.string().meta({ format: 'date-time' }),
    actor: z.string().meta({
      description:
        'key:<id> <name> by this API, cli:<user> straight at the engine, merchant:<id> by the library.',
    }),
    action: z.string().meta({ examples: ['resolvePayout'] }),
    merchant: z.string().optional(),
    subject: z
      .string()
      .optional()
      .meta({ examples: ['payout withdrawal-1042'] }),
    reason: z.string().optional(),
    outcome: z
      .enum(['done', 'refused', 'denied'])
      .meta({ description: 'refused: as things stood. denied: the key may not do it.' }),
    requestId: z
      .string()
      .optional()
      .meta({ description: 'As in the log and in X-Request-Id; absent where a history tells of it.' }),
  })
  .meta({ id: 'AuditEvent', description: 'Who did what.' });

export const auditPageSchema = pageSchemaOf(auditEventSchema).meta({ id: 'AuditPage' });
