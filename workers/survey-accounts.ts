import type { AccountConfig } from '../config/account-entry.js';
import { makeOrderId, makePaymentOrderId } from '../activities/order-id.js';
import type { EngineAccount } from '../activities/deps.js';
import type { AccountId, MerchantId, OrderId, PaymentId, PayoutId } from '../domain/ids.js';
import type { OperationKind } from '../domain/payment-transaction.js';
import type { DestinationType } from '../domain/payout-request.js';
import { isLacking } from '../providers/port.js';
import type { Provider } from '../providers/provider.js';
import { openAccounts, readAccountConfigs } from './load-accounts.js';

interface Abilities {
  readonly destinations: readonly DestinationType[];
  /** Can money be taken from a payer's stored card? */
  readonly sources: boolean;
  /** Can it store cards? */
  readonly storesCards: boolean;
  /** Can it tell what it holds? */
  readonly tellsBalance: boolean;
  readonly callbacks: 'none' | 'hint' | 'proof';
  /** Of an account that takes payments, which pays nobody: what can be done with them. */
  readonly takes?:
    | {
        readonly operations: readonly OperationKind[];
        /** Can a payer be charged again without a page? */
        readonly recurrent: boolean;
      }
    | undefined;
}

/** One account as a person or a program wants to see it: no secrets. */
export interface AccountSummary extends Abilities {
  readonly account: AccountId;
  readonly provider: string;
  /** Absent: every merchant. */
  readonly merchants?: readonly MerchantId[] | undefined;
  /** What the provider must be told to call. Absent: no callbacks, or the public URL is not known here. */
  readonly callbackUrl?: string | undefined;
  /** Absent: no limit of ours. */
  readonly callsPerSecond?: number | undefined;
  readonly simulated: boolean;
  /** What works, but hardly as it is meant: problem and remedy. */
  readonly notes: readonly string[];
}

export interface SurveyOptions {
  /** @default the process's own environment */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** As `payouts up` reads the file: with its own credentials, and simulators for the accounts that want them. */
  readonly embedded: boolean;
  readonly publicUrl?: string | undefined;
}

/**
 * Reads the accounts file as the engine would and tells what it makes of it.
 *
 * @throws ConfigError with every problem
 */
export async function surveyAccounts(file: string, options: SurveyOptions): Promise<AccountSummary[]> {
  const configs = await read(file, options);
  const { accounts } = openAccounts(configs, {});
  return configs.flatMap((config) => {
    const opened = accounts.get(config.account);
    return opened ? [summaryOf(config, opened, options)] : [];
  });
}

async function read(file: string, { env, embedded }: SurveyOptions): Promise<readonly AccountConfig[]> {
  if (!embedded) return readAccountConfigs(file, { env });
  // The simulators are large, and no worker needs them.
  const { readSimulatedAccounts } = await import('./simulated/start-simulators.js');
  return readSimulatedAccounts(file, env);
}

function summaryOf(
  config: AccountConfig,
  { provider }: EngineAccount,
  { publicUrl, embedded }: SurveyOptions,
): AccountSummary {
  const { account, merchants, callsPerSecond } = config;
  const { limits } = provider;
  const able = abilitiesOf(provider);
  const { callbacks } = able;
  const orderId = anyOrderId(provider);
  const notes: string[] = [];
  if (!limits.orderIdPattern.test(orderId)) {
    notes.push(
      `order ids that we make do not fit it (${limits.orderIdRule}), so every payout or payment must bring its own orderId. ` +
        'Widen the pattern in its settings.',
    );
  }
  if (callbacks !== 'none' && publicUrl === undefined && !embedded) {
    notes.push(
      'it expects callbacks, but PAYOUTS_PUBLIC_URL is not set here. Set it where the gateway runs, and give the ' +
        `provider <that URL>/callbacks/${account}.`,
    );
  }
  return {
    account,
    provider: provider.protocol,
    merchants,
    ...able,
    callbackUrl:
      callbacks === 'none' || publicUrl === undefined ? undefined : `${publicUrl}/callbacks/${account}`,
    callsPerSecond,
    simulated: config.simulator !== undefined || hasHttpBase(config.settings),
    notes,
  };
}

/** What an account can do, of either kind. */
function abilitiesOf(provider: Provider): Abilities {
  if (provider.kind === 'payment') {
    const { operations, recurrent } = provider;
    const takes = { operations, recurrent };
    return {
      destinations: [],
      sources: false,
      storesCards: false,
      tellsBalance: false,
      callbacks: 'proof',
      takes,
    };
  }
  const { capabilities, cards, balance } = provider;
  const { destinations, sources, callbacks } = capabilities;
  return {
    destinations,
    sources,
    storesCards: !isLacking(cards),
    tellsBalance: !isLacking(balance),
    callbacks,
  };
}

const ANY_KEY = new Uint8Array(32);

/** One like those that we would make. */
function anyOrderId(provider: Provider): OrderId {
  const merchant = 'any' as MerchantId;
  return provider.kind === 'payment'
    ? makePaymentOrderId(ANY_KEY, provider.account, { merchant, paymentId: 'any' as PaymentId })
    : makeOrderId(
        ANY_KEY,
        provider.account,
        { merchant, payoutId: 'any' as PayoutId },
        provider.limits.madeOrderIds,
      );
}

/** Real providers are https only. */
function hasHttpBase(settings: unknown): boolean {
  if (typeof settings !== 'object' || settings === null || !('baseUrl' in settings)) return false;
  return String(settings.baseUrl).startsWith('http://');
}
