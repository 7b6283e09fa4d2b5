import { z } from 'zod';
import { PayoutInvalidError } from '../client/errors.js';
import { ConfigError } from '../config/config-error.js';
import type { Journal } from '../journal/port.js';
import { apiKeyListSchema, apiKeySchema, issuedApiKeySchema, newApiKeySchema } from '../schemas/api-keys.js';
import { toProblems } from '../schemas/problems.js';
import { environmentFor, findEngine, type Engine, type GlobalOptions } from './context.js';
import { CliError, EXIT } from './cli-error.js';
import { commandName } from './command-name.js';
import { callGateway } from './gateway-api.js';
import { osUser } from './os-user.js';

type Key = z.output<typeof apiKeySchema>;
type Issued = z.output<typeof issuedApiKeySchema>;
type Rotation = { readonly graceSecs: number; readonly reason?: string | undefined };

/** What the commands do with keys, whichever way they reach them. */
export interface ApiKeysDoor {
  add(key: z.input<typeof newApiKeySchema>): Promise<Issued>;
  list(): Promise<readonly Key[]>;
  rotate(id: string, how: Rotation): Promise<Issued | undefined>;
  revoke(id: string, reason: string | undefined): Promise<boolean>;
}

/**
 * Through the gateway where this terminal has a key to it. Otherwise straight to the journal that PAYOUTS_DATABASE_URL
 * names: whoever may open the database may make the first key.
 */
export async function withApiKeys<T>(
  options: GlobalOptions,
  env: NodeJS.ProcessEnv | undefined,
  work: (keys: ApiKeysDoor) => Promise<T>,
): Promise<T> {
  const { databaseUrl } = environmentFor(options, env);
  const engine = engineWithKey(options, env);
  if (engine) return work(throughGateway(engine));
  if (!databaseUrl) {
    throw new CliError(
      EXIT.unreachable,
      `there is no way to the API keys. Start "${commandName()} up", or set PAYOUTS_API_KEY to a key with the role admin, or ` +
        'PAYOUTS_DATABASE_URL to the journal to make the first one.',
    );
  }
  const { openJournal } = await import('../journal/open-journal.js');
  const journal = await openJournal({ kind: 'postgres', url: databaseUrl.reveal(), maxConnections: 1 });
  try {
    return await work(inJournal(journal.apiKeys));
  } finally {
    await journal.close();
  }
}

function engineWithKey(options: GlobalOptions, env: NodeJS.ProcessEnv | undefined): Engine | undefined {
  try {
    const engine = findEngine(options, env);
    return engine.gateway.apiKey === undefined ? undefined : engine;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    return undefined;
  }
}

function throughGateway(engine: Engine): ApiKeysDoor {
  const path = '/v1/api-keys';
  return {
    add: async (body) => issuedApiKeySchema.parse(await callGateway(engine, { method: 'POST', path, body })),
    list: async () => apiKeyListSchema.parse(await callGateway(engine, { path })).items,
    rotate: async (id, body) =>
      issuedApiKeySchema.parse(
        await callGateway(engine, { method: 'POST', path: `${path}/${encodeURIComponent(id)}/rotate`, body }),
      ),
    revoke: async (id, reason) => {
      const query = { reason };
      await callGateway(engine, { method: 'DELETE', path: `${path}/${encodeURIComponent(id)}`, query });
      return true;
    },
  };
}

function inJournal(apiKeys: Journal['apiKeys']): ApiKeysDoor {
  const actor = osUser();
  return {
    add: async (input) => {
      const checked = newApiKeySchema.safeParse(input);
      if (!checked.success) throw new PayoutInvalidError(toProblems(checked.error));
      return issuedApiKeySchema.parse(await apiKeys.add(checked.data, { actor }));
    },
    list: async () => z.array(apiKeySchema).parse(await apiKeys.list()),
    rotate: async (id, how) => {
      const issued = await apiKeys.rotate(id, how, { actor });
      return issued && issuedApiKeySchema.parse(issued);
    },
    revoke: (id, reason) => apiKeys.revoke(id, { actor, reason }),
  };
}
