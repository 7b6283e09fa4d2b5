import type { AccountId } from '../../domain/ids.js';

/** Short, so that an unknown outcome is known within seconds; the grace is longer than the network can hold a request. */
const CONNECT_MS = 500;
const CALL_MS = 1_200;
const GRACE_SECS = 4;
/** How long what provably never left is tried again. */
const SEND_SECS = 40;
const POLL = [
  { delayMs: 500, times: 6 },
  { delayMs: 1_500, times: 40 },
];

/** Somebody may still be paid while a person thinks it over. */
const REVIEW_POLL = [{ delayMs: 4_000, times: 100 }];

interface Account {
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly simulator: Readonly<Record<string, unknown>>;
}

const ALL2PAY = {
  connectTimeoutMs: CONNECT_MS,
  responseTimeoutMs: CALL_MS,
  notFoundGraceSecs: GRACE_SECS,
  sendBudgetSecs: SEND_SECS,
  pollSchedule: POLL,
};
const ALL2PAY_SERVER = {
  timings: { hangMs: 2_500, notFoundMs: 2_500, pendingMs: 2_500 },
  callbacks: { repeatMs: 1_500, maxTries: 100 },
};
const EIGHTB = {
  secretKey: { env: 'ACME_8B_SECRET' },
  currency: 'EUR',
  defaultPhone: '37120000000',
  connectTimeoutMs: CONNECT_MS,
  timeoutMs: CALL_MS,
  notFoundGraceSecs: GRACE_SECS,
  sendBudgetSecs: SEND_SECS,
  pollSchedule: POLL,
};
const EIGHTB_SERVER = {
  timings: { paidMs: 600, notFoundMs: 2_500, callbackGapsMs: [1_500], callbackGiveUpMs: 3_600_000 },
  balanceMinor: 1e15,
};
const PAYNETEASY = {
  merchantControl: { env: 'ACME_PNE_CONTROL' },
  signing: { pkcs8Pem: { env: 'ACME_PNE_SIGNING_KEY' } },
  currencies: ['USD'],
  endpointId: '39915',
  callbackPorts: 'any',
  connectTimeoutMs: CONNECT_MS,
  timeoutMs: CALL_MS,
  notFoundGraceSecs: GRACE_SECS,
  sendBudgetSecs: SEND_SECS,
  pollSchedule: POLL,
};
const PAYNETEASY_SERVER = {
  timings: {
    approveMs: 600,
    declineMs: 200,
    checkMs: 200,
    unknownMs: 2_500,
    lateMs: 2_500,
    callbackSecondMs: 100,
  },
};

/**
 * The accounts of a run. One of each provider sends again what the provider proves not to know, at a provider that
 * recognises an order; another one never does, at a provider that would pay every request anew.
 */
const ACCOUNTS: Readonly<Record<string, Account>> = {
  'a2p-hint': {
    provider: 'all2pay',
    settings: {
      ...ALL2PAY,
      userName: 'acme-api',
      password: { env: 'ACME_A2P_PASSWORD' },
      callbacksEnabled: true,
      callbackSecret: { env: 'ACME_A2P_CALLBACK_SECRET' },
      reexecuteAfterNotFound: 'auto',
    },
    simulator: ALL2PAY_SERVER,
  },
  'a2p-again': {
    provider: 'all2pay',
    settings: { ...ALL2PAY, userName: 'acme-poll-api', password: { env: 'ACME_A2P_POLL_PASSWORD' } },
    simulator: { ...ALL2PAY_SERVER, duplicateOrder: 'executeAgain' },
  },
  pne: {
    provider: 'payneteasy',
    settings: { ...PAYNETEASY, login: 'acme-merchant', resendSameId: true },
    simulator: PAYNETEASY_SERVER,
  },
  'pne-again': {
    provider: 'payneteasy',
    settings: { ...PAYNETEASY, login: 'acme-again' },
    simulator: { ...PAYNETEASY_SERVER, duplicateOrder: 'execute_again' },
  },
  'pne-two': {
    provider: 'payneteasy',
    settings: { ...PAYNETEASY, login: 'acme-two', flow: 'two_step' },
    simulator: PAYNETEASY_SERVER,
  },
  '8b': {
    provider: 'eightb_disbursement',
    settings: { ...EIGHTB, serviceId: '1042', resendSameId: 'auto' },
    simulator: EIGHTB_SERVER,
  },
  '8b-again': {
    provider: 'eightb_disbursement',
    settings: { ...EIGHTB, serviceId: '1043' },
    simulator: { ...EIGHTB_SERVER, existingId: 'executeAgain' },
  },
  shop: {
    provider: 'eightb_pay',
    settings: {
      apiKey: 'acme-shop',
      secretKey: { env: 'ACME_SHOP_SECRET' },
      connectTimeoutMs: CONNECT_MS,
      responseTimeoutMs: CALL_MS,
      pollSchedule: [{ delayMs: 1_000, times: 300 }],
    },
    simulator: { timings: { secondMs: 100 } },
  },
};

export const ACCOUNT_IDS = Object.keys(ACCOUNTS);

/** The protocol of one of them. */
export function providerOf(account: string): string {
  const known = ACCOUNTS[account];
  if (!known) throw new Error(`There is no account ${account}`);
  return known.provider;
}

/** Until the simulators have their addresses. */
const NOWHERE = 'http://127.0.0.1:9';

/** The accounts file from which the simulators are started. */
export function simulatedAccounts(): string {
  return written(Object.keys(ACCOUNTS), ({ provider, settings, simulator }) => ({
    provider,
    settings: { baseUrl: NOWHERE, ...settings },
    simulator,
  }));
}

/** The accounts file of the engine, which knows the providers by their addresses alone. `only`: with one account. */
export function engineAccounts(baseUrls: ReadonlyMap<AccountId, string>, only?: string): string {
  const names = Object.keys(ACCOUNTS).filter((name) => only === undefined || name === only);
  return written(names, ({ provider, settings }, account) => ({
    provider,
    reviewPoll: REVIEW_POLL,
    settings: { baseUrl: baseUrls.get(account as AccountId), ...settings },
  }));
}

/** JSON is YAML. */
function written(names: readonly string[], entry: (account: Account, name: string) => object): string {
  const entries = Object.entries(ACCOUNTS)
    .filter(([name]) => names.includes(name))
    .map(([name, account]) => [name, entry(account, name)]);
  return JSON.stringify({ accounts: Object.fromEntries(entries) as object }, undefined, 2);
}
