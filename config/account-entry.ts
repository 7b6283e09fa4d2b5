import { z } from 'zod';
import { ACCOUNT_PATTERN, MERCHANT_PATTERN, type AccountId, type MerchantId } from '../domain/ids.js';
import { readSettings, type ConfigurableProtocol } from './account-settings.js';
import { didYouMean } from '../domain/did-you-mean.js';
import { check } from './schema-problems.js';
import type { YamlPath } from './yaml-source.js';

/** One account, ready for its provider's `create`. */
export interface AccountConfig {
  readonly account: AccountId;
  /** The protocol's name: `all2pay`. */
  readonly provider: string;
  /** Who may pay from it; absent: every merchant. */
  readonly merchants?: readonly MerchantId[] | undefined;
  /** Absent: no limit of ours. */
  readonly callsPerSecond?: number | undefined;
  /** Resolved, and valid for the provider's `configSchema`. Holds secrets: never print it. */
  readonly settings: unknown;
}

export interface EntryContext {
  readonly protocols: Readonly<Record<string, ConfigurableProtocol>>;
  readonly env: NodeJS.ProcessEnv;
  readonly accountsFile: string;
  refuse(path: YamlPath, problem: string, remedy: string): void;
}

const ID_WORDS = '1 to 40 of a-z 0-9 _ -, the first a letter or digit';

const entrySchema = z.strictObject({
  provider: z.string(),
  merchants: z
    .array(z.string().regex(MERCHANT_PATTERN, `is not a merchant id: ${ID_WORDS}`))
    .min(1, 'is empty, so nobody could pay from this account; leave it out to allow every merchant')
    .optional(),
  rateLimit: z.strictObject({ callsPerSecond: z.number().positive('is not above 0') }).optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
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
  if (!sound || 'problems' in entry) return undefined;
  return {
    account: id as AccountId,
    provider: protocol.name,
    merchants: entry.value.merchants as MerchantId[] | undefined,
    callsPerSecond: entry.value.rateLimit?.callsPerSecond,
    settings,
  };
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
