import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type { StatusAnswer } from '../../../domain/provider-answer.js';
import type { Order, PayoutProvider, StatusQuery } from '../../../providers/port.js';
import type { ProviderDeps } from '../../../providers/registration.js';
import {
  startPayneteasySimulator,
  type PayneteasyMerchantOptions,
  type PayneteasySimulator,
  type PayneteasySimulatorOptions,
} from '../../../simulators/index.js';
import { ask, BANK_ORDER, KEYS, providerAt } from './fixtures.js';
import { CONTROL_KEY, LOGIN } from './vectors.js';

/** Everything ends at once, but for what is meant to last. */
export const AT_ONCE = { approveMs: 0, declineMs: 0, checkMs: 0, unknownMs: 60, lateMs: 250, reversalMs: 20 };

export interface Played {
  readonly simulator: PayneteasySimulator;
  readonly provider: PayoutProvider;
  readonly settings: Record<string, unknown>;
}

interface How extends Omit<Partial<PayneteasySimulatorOptions>, 'merchants'> {
  readonly merchant?: Partial<PayneteasyMerchantOptions>;
  /** Our side. */
  readonly settings?: Record<string, unknown>;
  readonly deps?: ProviderDeps;
}

/** The adapter and the provider's side, over real HTTP, with our own clock. */
export async function play({ merchant, settings = {}, deps, ...options }: How = {}): Promise<Played> {
  const simulator = await startPayneteasySimulator({
    ...options,
    merchants: { [LOGIN]: { merchantControl: CONTROL_KEY, publicKey: KEYS.publicKey, ...merchant } },
    timings: { ...AT_ONCE, ...options.timings },
  });
  onTestFinished(() => simulator.close());
  const provider = providerOf(simulator, settings, deps);
  return { simulator, provider, settings };
}

export function providerOf(
  { baseUrl }: PayneteasySimulator,
  settings: Record<string, unknown> = {},
  deps: ProviderDeps = {},
): PayoutProvider {
  return providerAt(baseUrl.replace('/paynet', ''), settings, { now: Date.now, ...deps });
}

let count = 0;
/** A new order to a bank account whose last two digits choose the scenario (§12). */
export function order(digits = '00', more: Partial<Order> = {}): Order {
  count += 1;
  return {
    ...BANK_ORDER,
    orderId: `po-${count}` as OrderId,
    destination: {
      type: 'bank_account',
      accountNumber: `DE000000000000000000${digits}`,
      bankCode: '044525225',
    },
    acceptedAt: new Date().toISOString(),
    ...more,
  };
}

export const bookings = ({ simulator }: Pick<Played, 'simulator'>, { orderId }: Order): number =>
  simulator.control.order(orderId)?.bookings ?? 0;

/** Asks until the answer is of one of these kinds, or for half a minute. */
export async function askUntil(
  provider: PayoutProvider,
  of: Order,
  kinds: readonly string[],
  more: Partial<StatusQuery> = {},
): Promise<StatusAnswer> {
  const until = Date.now() + 30_000;
  for (;;) {
    const answer = await ask(provider, of, more);
    const kind = answer.kind === 'answered' ? answer.progress.kind : answer.kind;
    if (kinds.includes(kind) || Date.now() > until) return answer;
    await sleep(15);
  }
}
