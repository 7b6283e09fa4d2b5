import { isDeepStrictEqual } from 'node:util';
import type { AccountConfig } from '../../config/account-entry.js';
import { CURRENCIES, type CurrencyCode } from '../../domain/currencies.js';
import type { EightbConfig } from '../../providers/eightb-disbursement/config.js';
import { DEFAULT_DIRECTORY } from '../../providers/eightb-disbursement/directory.js';
import {
  startEightbDisbursementSimulator,
  type EightbDisbursementService,
  type EightbDisbursementTimings,
} from '../../simulators/index.js';
import { eightbDisbursementBlock } from './eightb-disbursement-block.js';
import type { SimulatedProvider } from './simulated-provider.js';

/** Half a minute becomes a few seconds, so that a demonstration shows every ending while one watches. */
const DEMO_TIMINGS: Partial<EightbDisbursementTimings> = {
  notFoundMs: 3_000,
  callbackGapsMs: [1_000, 3_000, 6_000],
};

/** 8b.world Disbursement, played for the accounts of an embedded engine. */
export const eightbDisbursementSimulated: SimulatedProvider = {
  name: 'eightb_disbursement',
  baseUrlVariable: 'EIGHTB_DISBURSEMENT_BASE_URL',
  placeholderUrl: 'http://eightb-disbursement-simulator.localhost',

  serverOf(account) {
    const { destinations } = settingsOf(account);
    const { server } = eightbDisbursementBlock.partsOf(account.simulator);
    // The directory is the System's, not one service's.
    return isDeepStrictEqual(destinations, DEFAULT_DIRECTORY) ? server : { ...server, destinations };
  },

  clientOf: (account, gatewayUrl) => ({
    login: settingsOf(account).serviceId,
    facts: serviceOf(account, gatewayUrl),
  }),

  async start([first, ...others], { gatewayUrl, port, timings }) {
    const { server } = eightbDisbursementBlock.partsOf(first.simulator);
    const services = Object.fromEntries(
      [first, ...others].map((account) => [settingsOf(account).serviceId, serviceOf(account, gatewayUrl)]),
    );
    const simulator = await startEightbDisbursementSimulator({
      ...server,
      port,
      services,
      destinations: settingsOf(first).destinations,
      timings: { ...(timings === 'demo' ? DEMO_TIMINGS : {}), ...server.timings },
    });
    return {
      provider: 'eightb_disbursement',
      baseUrl: simulator.baseUrl,
      close: () => simulator.close(),
      async books() {
        const { operations } = await simulator.control.ledger();
        const payouts = operations.map((operation) => ({
          orderId: operation.id,
          amount: operation.minor,
          currency: operation.currency as CurrencyCode,
          bookings: operation.bookings,
          bookedAmount: operation.bookedMinor,
        }));
        return { payouts, payments: [] };
      },
    };
  },
};

/** The System's side of an account: what was agreed of this service at its onboarding. */
function serviceOf(account: AccountConfig, gatewayUrl: string): EightbDisbursementService {
  const { secretKey, currency, callbacksEnabled } = settingsOf(account);
  const { login, variant } = eightbDisbursementBlock.partsOf(account.simulator);
  return {
    ...login,
    secretKey,
    currency,
    exponent: CURRENCIES[currency].exponent,
    callbackUrl: callbacksEnabled ? `${gatewayUrl}/callbacks/${account.account}` : undefined,
    variant,
  };
}

/** The accounts file was read with this very schema. */
function settingsOf({ settings }: AccountConfig): EightbConfig {
  return settings as EightbConfig;
}
