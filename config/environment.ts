import { resolve } from 'node:path';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { nearest } from '../domain/did-you-mean.js';
import { readVariable } from './read-variable.js';
import { Secret } from './secret.js';
import type { TemporalSearch } from '../embedded/temporal-search.js';
import { readTemporalSearch } from './temporal-search.js';
import { VARIABLES, type LogLevel, type ValueOf, type VariableName } from './variables.js';

/** Everything that the environment says, but for Temporal's own connection settings (`temporal.ts`). */
export interface Environment {
  /** PAYOUTS_DATABASE_URL. Absent: the embedded database, kept in `dataDir`. */
  readonly databaseUrl?: Secret | undefined;
  /** PAYOUTS_DATA_DIR, default `.payouts`. Absolute. */
  readonly dataDir: string;
  /** PAYOUTS_ACCOUNTS, default `accounts.yaml`. Absolute. */
  readonly accountsFile: string;
  readonly gateway: {
    /** PAYOUTS_GATEWAY_HOST, default `127.0.0.1`. */
    readonly host: string;
    /** PAYOUTS_GATEWAY_PORT, default 7400; 0 is any free port. */
    readonly port: number;
    /** PAYOUTS_PUBLIC_URL, without a slash at its end. Absent: the address that the gateway listens on. */
    readonly publicUrl?: string | undefined;
  };
  readonly doors: {
    /** PAYOUTS_TRUSTED_PROXIES: who is believed when it says whom it speaks for. Default: nobody. */
    readonly trustedProxies: readonly string[];
    /** PAYOUTS_API_ALLOWED_IPS: who may call the API. Absent: every address. */
    readonly apiAllowedIps?: readonly string[] | undefined;
    /** PAYOUTS_KEY_REQUESTS_PER_SEC: of one API key, default 200. */
    readonly keyRequestsPerSec: number;
    /** PAYOUTS_ADDRESS_REQUESTS_PER_SEC: of one address, without a key or a proof, default 50. */
    readonly addressRequestsPerSec: number;
  };
  /** The codec server, by which the Temporal UI shows what is encrypted. */
  readonly codecServer: {
    /** PAYOUTS_CODEC_SERVER_HOST, default `127.0.0.1`. */
    readonly host: string;
    /** PAYOUTS_CODEC_SERVER_PORT, default 7401; 0 is any free port. */
    readonly port: number;
    /** PAYOUTS_CODEC_SERVER_URL: how browsers reach it. Absent: the address that it listens on. */
    readonly publicUrl?: string | undefined;
    /** PAYOUTS_TEMPORAL_UI_URL: the one page that may ask it. Default `http://127.0.0.1:8233`. */
    readonly uiUrl: string;
  };
  readonly api: {
    /** PAYOUTS_GATEWAY_URL: where the CLI finds the gateway. Default `http://127.0.0.1:7400`. */
    readonly url: string;
    /** PAYOUTS_API_KEY. */
    readonly key?: Secret | undefined;
  };
  /** PAYOUTS_SEALING_KEYS: a worker's half of the card-sealing keys. */
  readonly sealingKeys?: Secret<SealingKeys> | undefined;
  /** PAYOUTS_SEALING_PUBLIC_KEY: a client's half. */
  readonly sealingPublicKeys?: SealingKeys | undefined;
  /** PAYOUTS_PAYLOAD_KEYS: what Temporal's payloads are encrypted with. */
  readonly payloadKeys?: Secret<PayloadKeys> | undefined;
  /** PAYOUTS_FINGERPRINT_KEY: at least 32 bytes. */
  readonly fingerprintKey?: Secret<Uint8Array> | undefined;
  /** PAYOUTS_HOOK_URL and PAYOUTS_HOOK_SECRET: where operators are told of reviews. Absent: nowhere. */
  readonly hook?:
    | {
        readonly url: string;
        readonly secret: Secret<Uint8Array>;
        /** PAYOUTS_HOOK_ALLOW_PRIVATE, default false. */
        readonly allowPrivate: boolean;
      }
    | undefined;
  /** PAYOUTS_LOG_LEVEL, default `info`. */
  readonly logLevel: LogLevel;
  readonly worker: {
    /** PAYOUTS_MAX_CACHED_WORKFLOWS, default 600. */
    readonly maxCachedWorkflows: number;
    /** PAYOUTS_MAX_WORKFLOW_TASKS at once, default 40. */
    readonly maxWorkflowTasks: number;
    /** PAYOUTS_MAX_ACTIVITIES at once per account, default 100. */
    readonly maxActivities: number;
    /** PAYOUTS_SHUTDOWN_GRACE_SECS, default 75: how long calls may still take after the signal to stop, in ms. */
    readonly shutdownGraceMs: number;
    /** PAYOUTS_METRICS_ADDRESS: host and port of the worker's Prometheus metrics. Absent: none. */
    readonly metricsAddress?: string | undefined;
  };
  readonly temporal: TemporalSearch;
}

/**
 * Reads and checks the PAYOUTS_* variables.
 *
 * @throws ConfigError with every problem, each naming its variable and the remedy.
 * @example
 * const { gateway } = readEnvironment();
 * server.listen(gateway.port, gateway.host);
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const problems: ConfigProblem[] = misspelt(env);
  const read = <Name extends VariableName>(name: Name): ValueOf<Name> | undefined =>
    readVariable(name, env, problems);
  const environment: Environment = {
    databaseUrl: hidden(read('PAYOUTS_DATABASE_URL')),
    dataDir: resolve(read('PAYOUTS_DATA_DIR') ?? '.payouts'),
    accountsFile: resolve(read('PAYOUTS_ACCOUNTS') ?? 'accounts.yaml'),
    gateway: {
      host: read('PAYOUTS_GATEWAY_HOST') ?? '127.0.0.1',
      port: read('PAYOUTS_GATEWAY_PORT') ?? 7400,
      publicUrl: read('PAYOUTS_PUBLIC_URL'),
    },
    doors: {
      trustedProxies: read('PAYOUTS_TRUSTED_PROXIES') ?? [],
      apiAllowedIps: read('PAYOUTS_API_ALLOWED_IPS'),
      keyRequestsPerSec: read('PAYOUTS_KEY_REQUESTS_PER_SEC') ?? 200,
      addressRequestsPerSec: read('PAYOUTS_ADDRESS_REQUESTS_PER_SEC') ?? 50,
    },
    codecServer: {
      host: read('PAYOUTS_CODEC_SERVER_HOST') ?? '127.0.0.1',
      port: read('PAYOUTS_CODEC_SERVER_PORT') ?? 7401,
      publicUrl: read('PAYOUTS_CODEC_SERVER_URL'),
      uiUrl: read('PAYOUTS_TEMPORAL_UI_URL') ?? 'http://127.0.0.1:8233',
    },
    api: {
      url: read('PAYOUTS_GATEWAY_URL') ?? 'http://127.0.0.1:7400',
      key: hidden(read('PAYOUTS_API_KEY')),
    },
    sealingKeys: hidden(read('PAYOUTS_SEALING_KEYS')),
    sealingPublicKeys: read('PAYOUTS_SEALING_PUBLIC_KEY'),
    payloadKeys: hidden(read('PAYOUTS_PAYLOAD_KEYS')),
    fingerprintKey: hidden(read('PAYOUTS_FINGERPRINT_KEY')),
    hook: readHook(
      read('PAYOUTS_HOOK_URL'),
      hidden(read('PAYOUTS_HOOK_SECRET')),
      read('PAYOUTS_HOOK_ALLOW_PRIVATE') ?? false,
      problems,
    ),
    logLevel: read('PAYOUTS_LOG_LEVEL') ?? 'info',
    worker: {
      maxCachedWorkflows: read('PAYOUTS_MAX_CACHED_WORKFLOWS') ?? 600,
      maxWorkflowTasks: read('PAYOUTS_MAX_WORKFLOW_TASKS') ?? 40,
      maxActivities: read('PAYOUTS_MAX_ACTIVITIES') ?? 100,
      shutdownGraceMs: (read('PAYOUTS_SHUTDOWN_GRACE_SECS') ?? 75) * 1000,
      metricsAddress: read('PAYOUTS_METRICS_ADDRESS'),
    },
    temporal: readTemporalSearch(env),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return environment;
}

/** A notice that is not signed could be anybody's. */
function readHook(
  url: string | undefined,
  secret: Secret<Uint8Array> | undefined,
  allowPrivate: boolean,
  problems: ConfigProblem[],
): Environment['hook'] {
  if (url === undefined && secret === undefined) return undefined;
  if (url !== undefined && secret !== undefined) return { url, secret, allowPrivate };
  const missing = url === undefined ? 'PAYOUTS_HOOK_URL' : 'PAYOUTS_HOOK_SECRET';
  const given = url === undefined ? 'PAYOUTS_HOOK_SECRET' : 'PAYOUTS_HOOK_URL';
  // A variable that was refused has been reported: that it is missing then is no news.
  if (!problems.some(({ where }) => where.startsWith(missing))) {
    problems.push({
      where: missing,
      problem: `is not set, but ${given} is`,
      remedy: 'Set both, or neither.',
    });
  }
  return undefined;
}

function hidden<T>(value: T | undefined): Secret<T> | undefined {
  return value === undefined ? undefined : new Secret(value);
}

/** A misspelt PAYOUTS_DATABASE_URL would quietly choose the embedded database: worth an error. */
function misspelt(env: NodeJS.ProcessEnv): ConfigProblem[] {
  const known = Object.entries(VARIABLES).flatMap(([name, { secret }]: [string, { secret?: true }]) =>
    secret ? [name, `${name}_FILE`] : [name],
  );
  return Object.keys(env)
    .filter((name) => name.startsWith('PAYOUTS_') && !known.includes(name))
    .flatMap((name) => {
      const meant = nearest(name, known);
      if (meant === undefined) return [];
      return [{ where: name, problem: 'is not a variable of ours', remedy: `Did you mean ${meant}?` }];
    });
}
