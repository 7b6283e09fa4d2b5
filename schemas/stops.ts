import { z } from 'zod';
import { STOP_HOLDS_WITHIN_MS, STOP_KINDS, type StopScope } from '../domain/stop.js';
import { reasonField } from './commands.js';
import { fault } from './fault.js';
import { strict } from './strict.js';
import { text } from './text.js';

const KINDS_REMEDY = `Give one of ${STOP_KINDS.join(', ')}.`;

const scopeSchema = strict(
  {
    kind: z
      .enum(STOP_KINDS, { error: fault('is missing or nothing that can be stopped', KINDS_REMEDY) })
      .meta({ description: 'What is stopped.' }),
    value: text({
      description: 'Which account, provider (its protocol) or merchant; left out for all.',
      remedy: 'Give the name of what is to be stopped.',
      max: 64,
      example: 'acme-a2p',
    }).optional(),
  },
  'Give an object with kind and, unless it is all, value.',
)
  .transform((scope, context): StopScope => {
    const { kind, value } = scope;
    if (kind === 'all') {
      if (value === undefined) return { kind };
      const message = fault('does not go with all', 'Leave it out, or name the kind that it is of.');
      context.addIssue({ code: 'custom', path: ['value'], message });
      return z.NEVER;
    }
    if (value !== undefined) return { kind, value };
    const message = fault('is missing', `Say which ${kind} is to be stopped.`);
    context.addIssue({ code: 'custom', path: ['value'], message });
    return z.NEVER;
  })
  .meta({ id: 'StopScope' });

/** The body of `POST /v1/stops`. */
export const newStopSchema = strict(
  { scope: scopeSchema, reason: reasonField },
  'Give an object with scope and reason.',
).meta({
  id: 'NewStop',
  examples: [{ scope: { kind: 'account', value: 'acme-a2p' }, reason: 'The bank called: wrong amounts' }],
});

/** The body of `POST /v1/stops/{id}/resume`. */
export const resumeSchema = strict({ reason: reasonField }, 'Give an object with reason.').meta({
  id: 'Resume',
  examples: [{ reason: 'The bank has looked at it' }],
});

const time = z.string().meta({ format: 'date-time' });

/** A stop as the HTTP API shows it. */
export const stopSchema = z
  .object({
    id: z.string(),
    scope: z.object({ kind: z.enum(STOP_KINDS), value: z.string().optional() }),
    reason: z.string(),
    actor: z.string(),
    stoppedAt: time.meta({
      description: `Nothing new leaves later than ${STOP_HOLDS_WITHIN_MS / 1000} s after it.`,
    }),
    resumed: z
      .object({ at: time, actor: z.string(), reason: z.string() })
      .optional()
      .meta({ description: 'Absent while it is in force.' }),
  })
  .meta({ id: 'Stop' });

export const madeStopSchema = z
  .object({
    stop: stopSchema,
    repeated: z.boolean().meta({ description: 'The scope was stopped already; that stop is as it was.' }),
    unfinished: z.object({ payouts: z.int(), payments: z.int(), storedCards: z.int() }).optional().meta({
      description:
        'How much of what is not final yet the stop covers; left out where it could not be counted.',
    }),
  })
  .meta({ id: 'MadeStop' });

export const liftedStopSchema = z
  .object({
    stop: stopSchema,
    repeated: z.boolean().meta({ description: 'It was lifted before.' }),
  })
  .meta({ id: 'LiftedStop' });

export const stopListSchema = z.object({ items: z.array(stopSchema) }).meta({ id: 'StopList' });
export const stopParamsSchema = z.object({ id: z.string().min(1).max(100) });

/** The query of `GET /v1/stops`. */
export const stopQuerySchema = strict(
  {
    all: z
      .enum(['true', 'false'], {
        error: fault('is neither true nor false', 'Give all=true, or leave it out.'),
      })
      .optional()
      .meta({ description: 'Those that were lifted, too.' }),
  },
  'Only all is known here.',
);
