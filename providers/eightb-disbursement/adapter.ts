import type { AccountId } from '../../domain/ids.js';
import type { PayoutProvider, StatusQuery } from '../port.js';
import type { ProviderDeps } from '../registration.js';
import type { Account } from './account.js';
import { createBalance } from './balance.js';
import { createCallbackReader } from './callback.js';
import { createCallbackRepeat } from './callback-repeat.js';
import { capabilitiesOf, limitsOf } from './capabilities.js';
import type { EightbConfig } from './config.js';
import { createExchange } from './exchange.js';
import { interpretCheck, settleSuspicion } from './interpret-check.js';
import { accessOf } from './access.js';
import { LoginGuard } from '../login-guard.js';
import { buildPayout } from './payout-request.js';
import { ping } from './ping.js';
import { unknown } from './reading.js';
import { createRegistry } from './registry.js';
import { checkFields, signedBody } from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { createStatement } from './statement.js';
import { validate } from './validate.js';
import { confidential } from './words.js';

const PROTOCOL = 'eightb_disbursement';

/** One 8b Disbursement account: one step, `payout`; then `check` or a callback that one check confirms. */
export function createEightbDisbursement(
  account: AccountId,
  config: EightbConfig,
  deps: ProviderDeps = {},
): PayoutProvider {
  const capabilities = capabilitiesOf(config);
  const limits = limitsOf(config);
  const shared = share(account, config, deps);
  const { exchange, now } = shared;

  return {
    kind: 'payout',
    account,
    protocol: PROTOCOL,
    capabilities,
    limits,
    validate: (request) => validate(request, config, capabilities, limits),
    steps: () => ['execute'],
    prepare: async (_step, order) => buildPayout(shared, order),

    async status(query: StatusQuery, signal) {
      const fields = checkFields(query, config, now());
      if (fields === undefined) {
        return unknown(
          'no_direction',
          'The directory has no direction any more for what was paid: mend the accounts file',
        );
      }
      const http = await exchange.post('check', signedBody('check', fields, config), signal);
      const withheld = [...query.withheld, ...confidential(query.request)];
      const reading = { ...shared.reading(withheld), orderId: query.orderId };
      return withRetryAfter(settleSuspicion(interpretCheck(http, reading), query.suspected), http, now());
    },

    readCallback: createCallbackReader(config, limits),
    cards: { lacking: '8b Disbursement stores no cards. Pay to the card itself' },
    balance: createBalance(shared),
    statement: createStatement(shared, limits),
    registry: createRegistry(shared),
    callbackRepeat: createCallbackRepeat(shared),
    ping: (signal) => ping(shared, signal),
  };
}

function share(account: AccountId, config: EightbConfig, deps: ProviderDeps): Account {
  const { now = Date.now } = deps;
  const who = { account, protocol: PROTOCOL };
  const onRefused = (refusal: { http: number; pausedMs: number }): void =>
    deps.onLoginRefused?.({ ...who, ...refusal });
  const guard = new LoginGuard({
    ...{ config, now, onRefused },
    accessOf: ({ status, body }) => accessOf(status, body, config),
    message: 'The provider refused our signature, address or Service_ID; nothing is sent for a while',
  });
  return {
    config,
    exchange: createExchange(config, guard),
    now,
    reading: (withheld) => ({
      config,
      confidential: [config.secretKey, ...withheld],
      onUnmapped: (seen) => deps.onUnmapped?.({ ...who, ...seen }),
    }),
  };
}
