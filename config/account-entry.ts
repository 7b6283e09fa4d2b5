import { z } from 'zod';
import { ACCOUNT_PATTERN, MERCHANT_PATTERN, type AccountId, type MerchantId } from '../domain/ids.js';
import { isAddressOrNetwork } from './address-list.js';
import { readSettings, type ConfigurableProtocol } from './account-settings.js';
import { didYouMean } from '../domain/did-you-mean.js';
import type { PollStep } from '../providers/port.js';
import { check } from './schema-problems.js';
import type { YamlPath } from './yaml-source.js';

/** One account, ready for its provider's `create`. */
export interface AccountConfig {
  readonly account: AccountId;
  /** The protocol's name: `all2pay`. */
  readonly provider: string;
  /** Who may pay from it; absent: every merchant. */
  readonly merchants?: readonly MerchantId[] | undefined;
  /** Addresses and networks that its provider calls back from; absent: any. */
  readonly callbackIps?: readonly string[] | undefined;
  /** Absent: no limit of ours. */
  readonly callsPerSecond?: number | undefined;
  /** How often the provider is asked while a payout is in review. */
  readonly reviewPoll: readonly PollStep[];
  /** Resolved, and valid for the provider's `configSchema`. Holds secrets: never print it. */
  readonly settings: unknown;
  /**
   * How the provider's simulator shall behave for this account, valid for `simulatorSchema`. Absent: it is no
   * account of a simulator.
   */
  readonly simulator?: unknown;
}

export interface EntryContext {
  readonly protocols: Readonly<Record<string, ConfigurableProtocol>>;
  readonly env: NodeJS.ProcessEnv;
  readonly accountsFile: string;
  readonly simulators: SimulatorUse;
  refuse(path: YamlPath, problem: string, remedy: string): void;
}

/**
 * `run`: this process starts a simulator for every account with a `simulator` block, whatever its base URL says.
 * `refuse`: it does not, so an account that has such a block and a real base URL is refused: whoever wrote the block
 * meant play money.
 */
export type SimulatorUse = 'run' | 'refuse';

const WHOLE = 'is not a whole number above 0';
const pollStep = z.strictObject({
  delayMs: z.number().int(WHOLE).min(1, WHOLE),
  times: z.number().int(WHOLE).min(1, WHOLE),
});

const HOUR_MS = 3_600_000;
const A_WEEK_OF_HOURS = 7 * 24;

const ID_WORDS = '1 to 40 of a-z 0-9 _ -, the first a letter or digit';

export const entrySchema = z.strictObject({
  provider: z.string(),
  merchants: z
    .array(z.string().regex(MERCHANT_PATTERN, `is not a merchant id: ${ID_WORDS}`))
    .min(1, 'is empty, so nobody could pay from this account; leave it out to allow every merchant')
    .optional(),
  callbackIps: z
    .array(z.string().refine(isAddressOrNetwork, 'is not an IP address or network (203.0.113.0/24)'))
    .min(1, 'is empty, so no callback could come in; leave it out to take them from anywhere')
    .optional(),
  rateLimit: z.strictObject({ callsPerSecond: z.number().positive('is not above 0') }).optional(),
  reviewPoll: z.array(pollStep).default([{ delayMs: HOUR_MS, times: A_WEEK_OF_HOURS }]),
  settings: z.record(z.string(), z.unknown()).default({}),
  simulator: z.record(z.string(), z.unknown()).optional(),
});

/** Reads one account. Undefined if anything was refused. */
export function readAccountEntry(
  id: string,
  written: unknown,
  context: EntryContext,
): AccountConfig | undefined {
  let sound = true;
  const refuse: EntryContext['refuse'] = (path, problem, remedy) => {
    sound = false;
    context.refuse(path, problem, remedy);
  };
  if (!ACCOUNT_PATTERN.test(id)) refuse([], 'is not an account id', `Use ${ID_WORDS}.`);
  const entry = check(written, entrySchema);
  if ('problems' in entry)
    for (const { path, problem, remedy } of entry.problems) refuse(path, problem, remedy);
  const protocol = protocolOf(written, context.protocols, refuse);
  if (protocol === undefined) return undefined;
  // Also after a problem elsewhere in the entry: the person shall see all of them at once.
  const settings = readSettings(settingsOf(written), protocol, {
    env: context.env,
    accountsFile: context.accountsFile,
    refuse: (path, problem, remedy) => refuse(['settings', ...path], problem, remedy),
  });
  const simulator = readSimulatorBlock(written, protocol, refuse);
  if (
    simulator !== undefined &&
    context.simulators === 'refuse' &&
    settings !== undefined &&
    isReal(settings)
  ) {
    const remedy = 'Remove the block to pay real money, or give the base URL of a simulator (http://…).';
    refuse(['simulator'], 'stands beside settings.baseUrl of a real provider', remedy);
  }
  if (!sound || 'problems' in entry) return undefined;
  return {
    account: id as AccountId,
    provider: protocol.name,
    merchants: entry.value.merchants as MerchantId[] | undefined,
    callbackIps: entry.value.callbackIps,
    callsPerSecond: entry.value.rateLimit?.callsPerSecond,
    reviewPoll: entry.value.reviewPoll,
    settings,
    ...(simulator === undefined ? {} : { simulator }),
  };
}

function readSimulatorBlock(
  written: unknown,
  { name, simulatorSchema }: ConfigurableProtocol,
  refuse: EntryContext['refuse'],
): unknown {
  const block = isMap(written) ? written['simulator'] : undefined;
  if (!isMap(block)) return undefined;
  if (simulatorSchema === undefined) {
    refuse(['simulator'], `there is no simulator of ${name}`, 'Remove the block.');
    return undefined;
  }
  const result = check(block, simulatorSchema);
  if ('value' in result) return result.value;
  for (const { path, problem, remedy } of result.problems) refuse(['simulator', ...path], problem, remedy);
  return undefined;
}

/** Providers are reached by https alone (their schemas see to it); http is what a simulator speaks. */
function isReal(settings: unknown): boolean {
  const baseUrl = isMap(settings) ? settings['baseUrl'] : undefined;
  return typeof baseUrl !== 'string' || !baseUrl.startsWith('http://');
}

function protocolOf(
  written: unknown,
  protocols: EntryContext['protocols'],
  refuse: EntryContext['refuse'],
): ConfigurableProtocol | undefined {
  const name = isMap(written) ? written['provider'] : undefined;
  if (typeof name !== 'string') return undefined;
  if (Object.hasOwn(protocols, name)) return protocols[name];
  const known = Object.keys(protocols);
  const remedy = `${didYouMean(name, known)}Known providers: ${known.join(', ')}.`;
  refuse(['provider'], `"${name}" is not a provider`, remedy);
  return undefined;
}

function settingsOf(written: unknown): unknown {
  const settings = isMap(written) ? written['settings'] : undefined;
  return isMap(settings) ? settings : {};
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
