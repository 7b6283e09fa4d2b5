import type { AccountId } from '../../domain/ids.js';
import type { PayoutProvider } from '../port.js';
import type { ProviderDeps } from '../registration.js';
import type { Account } from './account.js';
import { askStatus } from './ask-status.js';
import { createBalance } from './balance.js';
import { readCallback } from './callback.js';
import { capabilitiesOf, limitsOf } from './capabilities.js';
import type { PayneteasyConfig } from './config.js';
import { createExchange } from './exchange.js';
import { NO_CALLBACK_REPEAT, NO_CARDS, NO_REGISTRY, NO_STATEMENT } from './lacking.js';
import { accessByStatus, LoginGuard } from '../login-guard.js';
import { buildMoneyRequest } from './money-request.js';
import { ping } from './ping.js';
import { settleSuspicion } from './suspicion.js';
import { validate } from './validate.js';
import { confidential } from './words.js';

const PROTOCOL = 'payneteasy';

/** One Payneteasy account: one endpoint or endpoint group, in one step (payout) or two (payout-check, payout-pay). */
export function createPayneteasy(
  account: AccountId,
  config: PayneteasyConfig,
  deps: ProviderDeps = {},
): PayoutProvider {
  const capabilities = capabilitiesOf(config);
  const limits = limitsOf(config);
  const shared = share(account, config, deps);

  return {
    kind: 'payout',
    account,
    protocol: PROTOCOL,
    capabilities,
    limits,
    validate: (request) => validate(request, config, capabilities, limits),
    steps: () => (config.flow === 'two_step' ? ['register', 'execute'] : ['execute']),
    prepare: (step, order, signal) => buildMoneyRequest(shared, step, order, signal),
    async status({ suspected, withheld, request, ...expected }, signal) {
      const answer = await askStatus(shared, expected, [...withheld, ...confidential(request)], signal);
      return settleSuspicion(answer, suspected);
    },
    readCallback: (raw) => readCallback(raw, config, limits),
    cards: NO_CARDS,
    balance: createBalance(shared),
    statement: NO_STATEMENT,
    registry: NO_REGISTRY,
    callbackRepeat: NO_CALLBACK_REPEAT,
    ping: (signal) => ping(shared, signal),
  };
}

function share(account: AccountId, config: PayneteasyConfig, deps: ProviderDeps): Account {
  const { now = Date.now } = deps;
  const who = { account, protocol: PROTOCOL };
  const onRefused = (refusal: { http: number; pausedMs: number }): void =>
    deps.onLoginRefused?.({ ...who, ...refusal });
  const guard = new LoginGuard({
    ...{ config, now, onRefused },
    // Payneteasy §9: "stop queue, alert".
    accessOf: accessByStatus(403),
    message: 'The provider refused our signature, key or clock; no payout is sent for a while',
  });
  const credentials = [config.login, config.merchantControl, config.signing.passphrase ?? ''];
  return {
    config,
    exchange: createExchange({ config, guard, now }),
    now,
    reading: (withheld) => ({
      config,
      confidential: [...credentials, ...withheld],
      now,
      onUnmapped: (seen) => deps.onUnmapped?.({ ...who, ...seen }),
    }),
  };
}
