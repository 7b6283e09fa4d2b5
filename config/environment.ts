import { resolve } from 'node:path';
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
  /** PAYOUTS_FINGERPRINT_KEY: at least 32 bytes. */
  readonly fingerprintKey?: Secret<Uint8Array> | undefined;
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
    api: {
      url: read('PAYOUTS_GATEWAY_URL') ?? 'http://127.0.0.1:7400',
      key: hidden(read('PAYOUTS_API_KEY')),
    },
    sealingKeys: hidden(read('PAYOUTS_SEALING_KEYS')),
    sealingPublicKeys: read('PAYOUTS_SEALING_PUBLIC_KEY'),
    fingerprintKey: hidden(read('PAYOUTS_FINGERPRINT_KEY')),
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
