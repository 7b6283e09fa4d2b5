import { z } from 'zod';
import { PayoutInvalidError } from '../client/errors.js';
import { ConfigError } from '../config/config-error.js';
import type { ApiKey, ApiKeys } from '../journal/port.js';
import { apiKeyListSchema, apiKeySchema, issuedApiKeySchema, newApiKeySchema } from '../schemas/api-keys.js';
import { toProblems } from '../schemas/problems.js';
import { environmentFor, findEngine, type Engine, type GlobalOptions } from './context.js';
import { CliError, EXIT } from './cli-error.js';
import { commandName } from './command-name.js';
import { callGateway } from './gateway-api.js';

type Key = z.output<typeof apiKeySchema>;

/** What the commands do with keys, whichever way they reach them. */
export interface ApiKeysDoor {
  add(key: {
    name: string;
    role: ApiKey['role'];
    merchant?: string | undefined;
  }): Promise<{ key: Key; secret: string }>;
  list(): Promise<readonly Key[]>;
  revoke(id: string): Promise<boolean>;
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
      `there is no way to the API keys. Start "${commandName()} up", or set PAYOUTS_API_KEY to an operator’s key, or ` +
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
    revoke: async (id) => {
      await callGateway(engine, { method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
      return true;
    },
  };
}

function inJournal(apiKeys: ApiKeys): ApiKeysDoor {
  return {
    add: async (input) => {
      const checked = newApiKeySchema.safeParse(input);
      if (!checked.success) throw new PayoutInvalidError(toProblems(checked.error));
      return issuedApiKeySchema.parse(await apiKeys.add(checked.data));
    },
    list: async () => z.array(apiKeySchema).parse(await apiKeys.list()),
    revoke: (id) => apiKeys.revoke(id),
  };
}
