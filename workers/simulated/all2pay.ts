import { createPublicKey, createPrivateKey } from 'node:crypto';
import type { AccountConfig } from '../../config/account-entry.js';
import { ConfigError } from '../../config/config-error.js';
import { CURRENCIES, type CurrencyCode } from '../../domain/currencies.js';
import type { All2payConfig } from '../../providers/all2pay/config.js';
import {
  startAll2paySimulator,
  type CallbackTarget,
  type LoginOptions,
  type Timings,
} from '../../simulators/index.js';
import { all2payBlock } from './all2pay-block.js';
import { callbackSigner } from './variables.js';
import type { SimulatedProvider } from './simulated-provider.js';

/** Stored cards that the provider already knows, for the examples. */
const STORED_CARDS = {
  'bind-anna-0004': { pan: '2200000000000004', clientId: 'anna' },
  'bind-oleg-0012': { pan: '2200000000000012', clientId: 'oleg' },
} as const;

/**
 * Minutes become seconds, so that a demonstration shows every ending while one watches. A person still has time to open
 * a page and to answer 3-D Secure.
 */
const DEMO_TIMINGS: Partial<Timings> = {
  hangMs: 3_000,
  notFoundMs: 3_000,
  pendingMs: 3_000,
  sessionSecondMs: 750,
  threeDsMs: 45_000,
};

/** All2pay, played for the accounts of an embedded engine. */
export const all2paySimulated: SimulatedProvider = {
  name: 'all2pay',
  baseUrlVariable: 'ALL2PAY_BASE_URL',
  placeholderUrl: 'http://all2pay-simulator.localhost/payouts/api/v2',

  serverOf: ({ simulator }) => all2payBlock.partsOf(simulator).server,

  clientOf(account, gatewayUrl) {
    // Two accounts may share a login: then browsers come back to the first one's door, and learn less there.
    const { returnUrl: _, ...facts } = loginOf(account, gatewayUrl);
    return { login: settingsOf(account).userName, facts };
  },

  async start([first, ...others], { gatewayUrl, port, ledgerFile, timings, overrides = {} }) {
    const { server } = all2payBlock.partsOf(first.simulator);
    const logins: Record<string, LoginOptions> = {};
    for (const account of [first, ...others]) {
      logins[settingsOf(account).userName] ??= loginOf(account, gatewayUrl);
    }
    const simulator = await startAll2paySimulator({
      ...(ledgerFile === undefined ? {} : { ledgerFile }),
      bindings: STORED_CARDS,
      logins,
      ...overrides,
      port,
      ...server,
      timings: { ...(timings === 'demo' ? DEMO_TIMINGS : {}), ...overrides.timings, ...server.timings },
      callbacks: { repeatMs: 2_000, ...overrides.callbacks, ...server.callbacks },
    });
    return {
      provider: 'all2pay',
      baseUrl: simulator.baseUrl,
      controlUrl: simulator.controlUrl,
      close: () => simulator.close(),
      async books() {
        const { orders } = await simulator.control.ledger();
        const payouts = orders.map((order) => ({
          orderId: order.orderNumber,
          amount: order.amount,
          currency: currencyOf(order.currency),
          bookings: order.bookings,
          bookedAmount: order.bookedAmount,
          sourceCard: order.sourceBindingId ?? undefined,
        }));
        return { payouts, payments: [] };
      },
    };
  },
};

/** All2pay's wire has ISO 4217 numbers. */
function currencyOf(numeric: string): CurrencyCode {
  const codes = Object.keys(CURRENCIES) as CurrencyCode[];
  const found = codes.find((code) => CURRENCIES[code].numeric === numeric);
  if (found === undefined) throw new Error(`${numeric} is no currency`);
  return found;
}

/** The provider's side of an account: what its portal would show of this login. */
function loginOf(account: AccountConfig, gatewayUrl: string): LoginOptions {
  const settings = settingsOf(account);
  const { login, variant } = all2payBlock.partsOf(account.simulator);
  return {
    ...login,
    variant,
    password: settings.password,
    callback: callbackOf(account, `${gatewayUrl}/callbacks/${account.account}`),
    signing: signingOf(settings),
    returnUrl: `${gatewayUrl}/return/${account.account}/{orderNumber}`,
  };
}

function callbackOf(account: AccountConfig, url: string): CallbackTarget | undefined {
  const { callbacksEnabled, callbackSecret, callbackCert, callbackDigest } = settingsOf(account);
  if (!callbacksEnabled) return undefined;
  if (callbackCert === undefined) return { url, secret: callbackSecret };
  const { publicKey, privateKey } = callbackSigner();
  // Whoever has the private half of another certificate, it is not us.
  if (samePublicKey(callbackCert, publicKey) && callbackDigest !== 'sha384') {
    return { url, privateKey, checksum: 'asymmetric', digest: callbackDigest };
  }
  throw new ConfigError([
    {
      where: `accounts.${account.account}.settings.callbackCert`,
      problem: 'is not what the simulator signs its callbacks with (SHA-256 or SHA-512)',
      remedy: 'Write { env: ALL2PAY_CALLBACK_CERT } for an account of the simulator.',
    },
  ]);
}

function signingOf({ signing }: All2payConfig): LoginOptions['signing'] {
  if (!signing?.enabled) return undefined;
  const { pkcs8Pem, passphrase, signMethods } = signing;
  const key = createPrivateKey({ key: pkcs8Pem, ...(passphrase === undefined ? {} : { passphrase }) });
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
    methods: signMethods.map((method) => METHOD_NAMES[method]),
  };
}

/** The simulator's names for the methods that can be signed. */
const METHOD_NAMES = {
  'registerPayout.do': 'registerPayout',
  'performPayout.do': 'performPayout',
  'getPayoutStatus.do': 'getPayoutStatus',
  'createTargetBindingId.do': 'createTargetBindingId',
  'createSourceBindingId.do': 'createSourceBindingId',
  balance: 'getBalance',
} as const;

function samePublicKey(pem: string, other: string): boolean {
  return createPublicKey(pem).equals(createPublicKey(other));
}

/** The accounts file was read with this very schema. */
function settingsOf({ settings }: AccountConfig): All2payConfig {
  return settings as All2payConfig;
}
