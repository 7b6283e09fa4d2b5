import type { AccountConfig } from '../../config/account-entry.js';
import type { CurrencyCode } from '../../domain/currencies.js';
import type { EightbPayConfig } from '../../providers/eightb-pay/config.js';
import { startEightbPaySimulator, type EightbPaySimulatorOptions } from '../../simulators/index.js';
import { eightbPayBlock } from './eightb-pay-block.js';
import type { SimulatedProvider } from './simulated-provider.js';

type Shop = NonNullable<EightbPaySimulatorOptions['shops']>[string];

/** A tenth of the provider's time, so that a demonstration shows a doubtful payment end while one watches. */
const DEMO_TIMINGS = { secondMs: 100 };

/** 8b.world `/pay`, played for the accounts of an embedded engine. */
export const eightbPaySimulated: SimulatedProvider = {
  name: 'eightb_pay',
  baseUrlVariable: 'EIGHTB_PAY_BASE_URL',
  placeholderUrl: 'http://eightb-pay-simulator.localhost',

  serverOf: ({ simulator }) => eightbPayBlock.partsOf(simulator).server,

  clientOf: (account, gatewayUrl) => ({
    login: settingsOf(account).apiKey,
    facts: shopOf(account, gatewayUrl),
  }),

  async start([first, ...others], { gatewayUrl, port, timings }) {
    const { server } = eightbPayBlock.partsOf(first.simulator);
    const shops = Object.fromEntries(
      [first, ...others].map((account) => [settingsOf(account).apiKey, shopOf(account, gatewayUrl)]),
    );
    const simulator = await startEightbPaySimulator({
      ...server,
      port,
      shops,
      timings: { ...(timings === 'demo' ? DEMO_TIMINGS : {}), ...server.timings },
    });
    return {
      provider: 'eightb_pay',
      baseUrl: simulator.baseUrl,
      close: () => simulator.close(),
      async books() {
        const payments = simulator.control.orders().map((order) => ({
          orderId: order.reference,
          amount: order.amount,
          currency: order.currency as CurrencyCode,
          bookings: order.bookings,
          takenAmount: order.bookedMinor,
          refundedAmount: order.refundedMinor,
        }));
        return { payouts: [], payments };
      },
    };
  },
};

/** The gateway's side of an account: what the settings of this shop say. */
function shopOf(account: AccountConfig, gatewayUrl: string): Shop {
  const { secretKey, signAlgorithm, currencies } = settingsOf(account);
  const { variant } = eightbPayBlock.partsOf(account.simulator);
  return {
    secretKey,
    callbackUrl: `${gatewayUrl}/callbacks/${account.account}`,
    variant: { signAlgorithm, currencies, ...variant },
  };
}

/** The accounts file was read with this very schema. */
function settingsOf({ settings }: AccountConfig): EightbPayConfig {
  return settings as EightbPayConfig;
}
