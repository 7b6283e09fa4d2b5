import type { ConnectionLike } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import type { EngineAccount } from '../activities/deps.js';
import { accountFor } from '../activities/usable-account.js';
import { createPayoutClient } from '../client/create-payout-client.js';
import type { PayoutClient } from '../client/payout-client.js';
import { createPayoutSignals } from '../client/payout-signals.js';
import { addressTest } from '../config/address-list.js';
import type { Environment } from '../config/environment.js';
import type { AccountId } from '../domain/ids.js';
import { createGateway } from '../gateway/create-gateway.js';
import { keepCvvIn } from '../gateway/keep-cvv.js';
import type { Journal } from '../journal/port.js';
import type { GatewayKeys } from './engine-keys.js';
import type { LoadedAccounts } from './load-accounts.js';
import type { Log } from './log.js';

export interface GatewayParts {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly journal: Journal;
  readonly accounts: ReadonlyMap<AccountId, EngineAccount>;
  readonly keys: GatewayKeys;
  readonly log: Log;
  readonly publicUrl?: string | undefined;
  /** Who may come in, and how often. Absent: everyone, by the gateway's defaults. */
  readonly doors?: Environment['doors'] | undefined;
  /** May a callback for this account come from there? */
  readonly mayCallBack?: LoadedAccounts['mayCallBack'] | undefined;
  /** Where operators are told of reviews. */
  readonly hook?: Environment['hook'];
}

/** The gateway and the client that it works by, on one connection. It does not listen yet. */
export async function openGateway(parts: GatewayParts): Promise<{
  gateway: FastifyInstance;
  client: PayoutClient;
}> {
  const { connection, namespace, journal, accounts, keys, log, publicUrl, hook, doors, mayCallBack } = parts;
  const { sealingPublicKeys, fingerprintKey, payloadKeys } = keys;
  const client = await createPayoutClient({
    connection,
    namespace,
    sealing: { publicKeys: sealingPublicKeys },
    fingerprintKey,
    payloadKeys,
    oneTimeSecrets: keepCvvIn(journal),
  });
  const gateway = await createGateway({
    client,
    signals: createPayoutSignals({ connection, namespace, payloadKeys }),
    journal,
    providers: new Map([...accounts].map(([account, { provider }]) => [account, provider])),
    mayUse: (merchant, account) => accountFor({ accounts }, { account, merchant }) !== undefined,
    sealingKeys: sealingPublicKeys,
    log,
    checkTemporal: async () => {
      await connection.workflowService.describeNamespace({ namespace });
    },
    publicUrl,
    doors: {
      ...doors,
      mayCall: doors?.apiAllowedIps && addressTest(doors.apiAllowedIps),
      mayCallBack,
    },
    hook: hook && { url: hook.url, secret: hook.secret.reveal(), allowPrivate: hook.allowPrivate },
  });
  return { gateway, client };
}
