import type { AccountConfig } from '../../config/account-entry.js';
import type { CurrencyCode } from '../../domain/currencies.js';
import type { All2paySimulatorOptions } from '../../simulators/index.js';

/** A provider's side, running in this process. */
export interface RunningSimulator {
  /** The provider's name in the accounts file. */
  readonly provider: string;
  /** What an account's `baseUrl` says. */
  readonly baseUrl: string;
  /** Of a simulator that other processes can drive too: its control door is under `/sim/`. */
  readonly controlUrl?: string | undefined;
  /** What it did, by its own books. */
  books(): Promise<ProviderBooks>;
  close(): Promise<void>;
}

export interface ProviderBooks {
  readonly payouts: readonly BookedPayout[];
  readonly payments: readonly BookedPayment[];
}

/** A payout by the provider's own books. */
export interface BookedPayout {
  readonly orderId: string;
  /** Ordered, in minor units. */
  readonly amount: number;
  readonly currency: CurrencyCode;
  /** How often money moved. */
  readonly bookings: number;
  /** All that moved, in minor units. */
  readonly bookedAmount: number;
  /** The payer's card, by the provider's id. Absent: the account's own funds. */
  readonly sourceCard?: string | undefined;
}

/** A payment by the provider's own books, in minor units. */
export interface BookedPayment {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: CurrencyCode;
  /** How often money was taken. */
  readonly bookings: number;
  readonly takenAmount: number;
  readonly refundedAmount: number;
}

/** What the engine decides about a simulator, whatever the accounts file says of it. */
export interface SimulatorSite {
  /** Where callbacks go: `<gatewayUrl>/callbacks/<account>`. */
  readonly gatewayUrl: string;
  /** 0 is any free one. */
  readonly port: number;
  /** Where its ledger outlives the process, if it can (All2pay's does). Absent: in memory. */
  readonly ledgerFile?: string | undefined;
  readonly timings: 'demo' | 'real';
  /** Of All2pay's. Wins over `timings`; an account's own block wins over it. Its port is for the first simulator. */
  readonly overrides?: Partial<All2paySimulatorOptions> | undefined;
}

/** A provider that an embedded engine can play. */
export interface SimulatedProvider {
  /** The provider's name in the accounts file. */
  readonly name: string;
  /** An account whose base URL refers to this variable is served by the simulator in its ordinary form. */
  readonly baseUrlVariable: string;
  /** Stands for the simulator's address until it is known. Any valid base URL that nobody else has. */
  readonly placeholderUrl: string;
  /** What of an account's block holds for a whole server: accounts that differ in it cannot share one. */
  serverOf(account: AccountConfig): object;
  /**
   * Whom the server sees behind an account, with all that it is told about them: one login cannot be two different
   * clients of one server.
   */
  clientOf(account: AccountConfig, gatewayUrl: string): { readonly login: string; readonly facts: unknown };
  /** One server for all of these accounts. */
  start(
    accounts: readonly [AccountConfig, ...AccountConfig[]],
    site: SimulatorSite,
  ): Promise<RunningSimulator>;
}
