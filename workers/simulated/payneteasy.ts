import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { AccountConfig } from '../../config/account-entry.js';
import type { CurrencyCode } from '../../domain/currencies.js';
import type { PayneteasyConfig } from '../../providers/payneteasy/config.js';
import {
  startPayneteasySimulator,
  type PayneteasyMerchantOptions,
  type PayneteasyTimings,
} from '../../simulators/index.js';
import { payneteasyBlock } from './payneteasy-block.js';
import type { SimulatedProvider } from './simulated-provider.js';

/** Minutes become seconds, so that a demonstration shows every ending while one watches. */
const DEMO_TIMINGS: Partial<PayneteasyTimings> = { unknownMs: 4_000, redirectMs: 45_000, reversalMs: 60_000 };

/** Payneteasy, played for the accounts of an embedded engine. */
export const payneteasySimulated: SimulatedProvider = {
  name: 'payneteasy',
  baseUrlVariable: 'PAYNETEASY_BASE_URL',
  placeholderUrl: 'http://payneteasy-simulator.localhost/paynet',

  serverOf: ({ simulator }) => payneteasyBlock.partsOf(simulator).server,

  clientOf: (account, gatewayUrl) => ({
    login: settingsOf(account).login,
    facts: merchantOf(account, gatewayUrl),
  }),

  async start([first, ...others], { gatewayUrl, port, timings }) {
    const { server } = payneteasyBlock.partsOf(first.simulator);
    const merchants = Object.fromEntries(
      [first, ...others].map((account) => [settingsOf(account).login, merchantOf(account, gatewayUrl)]),
    );
    const simulator = await startPayneteasySimulator({
      ...server,
      port,
      merchants,
      timings: { ...(timings === 'demo' ? DEMO_TIMINGS : {}), ...server.timings },
    });
    return {
      provider: 'payneteasy',
      baseUrl: simulator.baseUrl,
      close: () => simulator.close(),
      async books() {
        const payouts = simulator.control.ledger().orders.map((order) => ({
          orderId: order.clientOrderId,
          amount: order.amountMinor,
          currency: order.currency as CurrencyCode,
          bookings: order.bookings,
          bookedAmount: order.bookedMinor,
        }));
        return { payouts, payments: [] };
      },
    };
  },
};

/** The gateway's side of an account: what its portal would show of this merchant. */
function merchantOf(account: AccountConfig, gatewayUrl: string): PayneteasyMerchantOptions {
  const { merchantControl, signing, endpointId, endpointGroupId, currencies } = settingsOf(account);
  const { login, variant } = payneteasyBlock.partsOf(account.simulator);
  return {
    ...login,
    merchantControl,
    publicKey: publicHalf(signing),
    endpoints: endpointId === undefined ? [] : [endpointId],
    groups: endpointGroupId === undefined ? [] : [endpointGroupId],
    currencies,
    callbackUrl: `${gatewayUrl}/callbacks/${account.account}`,
    variant,
  };
}

function publicHalf({ pkcs8Pem, passphrase }: PayneteasyConfig['signing']): string {
  const key = createPrivateKey({ key: pkcs8Pem, ...(passphrase === undefined ? {} : { passphrase }) });
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** The accounts file was read with this very schema. */
function settingsOf({ settings }: AccountConfig): PayneteasyConfig {
  return settings as PayneteasyConfig;
}
