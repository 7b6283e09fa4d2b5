import type { ConnectionLike } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import type { EngineAccount } from '../activities/deps.js';
import { accountFor } from '../activities/usable-account.js';
import { createPayoutClient } from '../client/create-payout-client.js';
import type { PayoutClient } from '../client/payout-client.js';
import { createPayoutSignals } from '../client/payout-signals.js';
import type { AccountId } from '../domain/ids.js';
import { createGateway } from '../gateway/create-gateway.js';
import { keepCvvIn } from '../gateway/keep-cvv.js';
import type { Journal } from '../journal/port.js';
import type { GatewayKeys } from './engine-keys.js';
import type { Log } from './log.js';

export interface GatewayParts {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly journal: Journal;
  readonly accounts: ReadonlyMap<AccountId, EngineAccount>;
  readonly keys: GatewayKeys;
  readonly log: Log;
  readonly publicUrl?: string | undefined;
}

/** The gateway and the client that it works by, on one connection. It does not listen yet. */
export async function openGateway(parts: GatewayParts): Promise<{
  gateway: FastifyInstance;
  client: PayoutClient;
}> {
  const { connection, namespace, journal, accounts, keys, log, publicUrl } = parts;
  const { sealingPublicKeys, fingerprintKey } = keys;
  const client = await createPayoutClient({
    connection,
    namespace,
    sealing: { publicKeys: sealingPublicKeys },
    fingerprintKey,
    oneTimeSecrets: keepCvvIn(journal),
  });
  const gateway = await createGateway({
    client,
    signals: createPayoutSignals({ connection, namespace }),
    journal,
    providers: new Map([...accounts].map(([account, { provider }]) => [account, provider])),
    mayUse: (merchant, account) => accountFor({ accounts }, { account, merchant }) !== undefined,
    sealingKeys: sealingPublicKeys,
    log,
    checkTemporal: async () => {
      await connection.workflowService.describeNamespace({ namespace });
    },
    publicUrl,
  });
  return { gateway, client };
}
