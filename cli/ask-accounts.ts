import { accountListSchema, type AccountView } from '../schemas/accounts.js';
import { CliError, EXIT } from './cli-error.js';
import type { Engine } from './context.js';
import { callGateway } from './gateway-api.js';

/** A provider may take its time, and a worker may be busy: longer than the gateway itself waits. */
const PATIENCE_MS = 100_000;

/** What came of one question to one account. */
export type Asked<Answer> =
  | { readonly account: string; readonly provider: string; readonly answer: Answer }
  | { readonly account: string; readonly provider: string; readonly failed: CliError };

/**
 * Asks one account, or all that this key may use, all at once: `GET /v1/accounts/<account>/<question>`. One that
 * cannot answer does not keep the others from it.
 */
export async function askAccounts<Answer>(
  engine: Engine,
  question: 'ping' | 'balance',
  named: string | undefined,
  read: (answer: unknown) => Answer,
): Promise<Asked<Answer>[]> {
  const accounts = pick(
    accountListSchema.parse(await callGateway(engine, { path: '/v1/accounts' })).items,
    named,
  );
  return Promise.all(
    accounts.map(async ({ account, provider }) => {
      try {
        const path = `/v1/accounts/${account}/${question}`;
        return {
          account,
          provider,
          answer: read(await callGateway(engine, { path, timeoutMs: PATIENCE_MS })),
        };
      } catch (error) {
        if (error instanceof CliError) return { account, provider, failed: error };
        throw error;
      }
    }),
  );
}

function pick(accounts: readonly AccountView[], named: string | undefined): readonly AccountView[] {
  if (named === undefined) return accounts;
  const found = accounts.filter(({ account }) => account === named);
  if (found.length > 0) return found;
  const names = accounts.map(({ account }) => account).join(', ') || 'none';
  throw new CliError(
    EXIT.failed,
    `there is no account ${named} that this API key may use. It may use: ${names}.`,
  );
}
