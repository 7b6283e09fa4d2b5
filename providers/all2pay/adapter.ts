import type { AccountId } from '../../domain/ids.js';
import type { PayoutProvider, StatusQuery } from '../port.js';
import type { ProviderDeps } from '../registration.js';
import type { Account } from './account.js';
import { createBalance } from './balance.js';
import { readCallback } from './callback.js';
import { checksumTest } from './callback-checksum.js';
import { capabilitiesOf, limitsOf } from './capabilities.js';
import type { All2payConfig } from './config.js';
import { EncryptionKeys } from './encryption-keys.js';
import { createErrorLookup } from './error-lookup.js';
import { createExchange } from './exchange.js';
import { interpretStatus } from './interpret-status.js';
import { accessByStatus, LoginGuard } from '../login-guard.js';
import { buildMoneyRequest } from './money-request.js';
import { ping } from './ping.js';
import { statusBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { createCardStorage } from './stored-cards.js';
import { settleSuspicion } from './suspicion.js';
import { validate } from './validate.js';

const PROTOCOL = 'all2pay';

/** One All2pay account. Flows: direct (`performPayout.do`) and page (`registerPayout.do`; the page executes). */
export function createAll2pay(
  account: AccountId,
  config: All2payConfig,
  deps: ProviderDeps = {},
): PayoutProvider {
  const capabilities = capabilitiesOf(config);
  const limits = limitsOf(config);
  const shared = share(account, config, deps, limits.callTimeoutMs);
  const { exchange, now } = shared;
  const isChecksum = checksumTest(config);
  const keys = new EncryptionKeys({
    config,
    now,
    // Shared by all who wait, so it ends by its own clock and not by one of theirs.
    fetch: () =>
      exchange.get('keys.do', 'application/json; version=2.0', AbortSignal.timeout(limits.callTimeoutMs)),
  });

  return {
    kind: 'payout',
    account,
    protocol: PROTOCOL,
    capabilities,
    limits,
    validate: (request) => validate(request, config, capabilities, limits),
    steps: ({ destination }) => (destination.type === 'hosted_page' ? ['register'] : ['execute']),
    prepare: (step, order) => buildMoneyRequest(shared, keys, step, order),

    async status({ orderId, amount, suspected, withheld }: StatusQuery, signal) {
      const http = await exchange.post('getPayoutStatus.do', statusBody(orderId, config), 'pooled', signal);
      const reading = { ...shared.reading(withheld), expected: { orderId, amount } };
      return withRetryAfter(settleSuspicion(interpretStatus(http, reading), suspected), http, now());
    },

    cards: createCardStorage(shared),
    balance: createBalance(shared),
    statement: { lacking: 'A statement is not documented by the provider. Look at the merchant portal.' },
    registry: {
      lacking: 'A registry of orders is not documented by the provider. Look at the merchant portal.',
    },
    callbackRepeat: { lacking: 'The provider documents no way to ask for a callback again; it is polled.' },
    readCallback: (raw) => readCallback(raw, config, isChecksum, limits),
    ping: (signal) => ping(shared, signal),
  };
}

function share(
  account: AccountId,
  config: All2payConfig,
  deps: ProviderDeps,
  callTimeoutMs: number,
): Account {
  const { now = Date.now } = deps;
  const who = { account, protocol: PROTOCOL };
  const onRefused = (refusal: { http: number; pausedMs: number }): void =>
    deps.onLoginRefused?.({ ...who, ...refusal });
  const credentials = [
    config.userName,
    config.password,
    config.callbackSecret ?? '',
    config.signing?.passphrase ?? '',
  ];
  const lookup = createErrorLookup(config);
  const guard = new LoginGuard({
    ...{ config, now, onRefused },
    // All2pay payouts document §11.1 row 18.
    accessOf: accessByStatus(401),
    message: 'The provider refused our login; nothing is sent for a while, so that it does not get locked',
  });
  return {
    config,
    exchange: createExchange(config, guard, callTimeoutMs),
    now,
    reading: (withheld) => ({
      config,
      lookup,
      confidential: [...credentials, ...withheld],
      now,
      onUnmapped: (seen) => deps.onUnmapped?.({ ...who, ...seen }),
    }),
  };
}
