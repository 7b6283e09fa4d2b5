import { readEnvironment, type Environment } from '../config/environment.js';
import { readTemporalConnection, type TemporalConnection } from '../config/temporal.js';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import type { SealingSource } from '../client/sealing-source.js';
import { CliError, EXIT } from './cli-error.js';
import { commandName } from './command-name.js';
import { readUpFile } from './up-file.js';

/** Where a command finds the engine. */
export interface Engine {
  /** For people: who said so. */
  readonly foundBy: string;
  readonly temporal: TemporalConnection;
  readonly sealing: SealingSource;
  readonly fingerprintKey?: Uint8Array | undefined;
  readonly payloadKeys?: PayloadKeys | undefined;
  readonly gateway: Gateway;
}

export interface Gateway {
  readonly url: string;
  readonly apiKey?: string | undefined;
}

export interface GlobalOptions {
  readonly dataDir?: string | undefined;
  readonly debug?: boolean | undefined;
}

/** The environment, with `--data-dir` in the place of PAYOUTS_DATA_DIR. */
export function environmentFor({ dataDir }: GlobalOptions, env?: NodeJS.ProcessEnv): Environment {
  const environment = readEnvironment(env);
  return dataDir === undefined ? environment : { ...environment, dataDir };
}

/**
 * Finds the engine: what the environment names, or else the `payouts up` that runs in the data folder. The two are
 * never mixed, so that a production address never meets the keys of an experiment.
 */
export function findEngine(options: GlobalOptions, env?: NodeJS.ProcessEnv): Engine {
  const environment = environmentFor(options, env);
  const temporal = readTemporalConnection(env);
  const up = readUpFile(environment.dataDir);
  const named = namesAnEngine(environment);
  const same = environment.api.key === undefined && environment.temporal.address === up?.temporalAddress;
  if (up && (!named || same)) {
    return {
      foundBy: `payouts up in ${environment.dataDir} (process ${up.pid})`,
      temporal: { connectionOptions: { address: up.temporalAddress }, namespace: up.namespace },
      sealing: { publicKeys: up.sealingPublicKeys },
      fingerprintKey: new Uint8Array(Buffer.from(up.fingerprintKey, 'base64')),
      payloadKeys: up.payloadKeys,
      gateway: { url: up.gatewayUrl, apiKey: up.apiKey },
    };
  }
  if (!named) {
    throw new CliError(
      EXIT.unreachable,
      `no engine found: none runs in ${environment.dataDir} and the environment names none. Start one with ` +
        `"${commandName()} up", or set TEMPORAL_ADDRESS, PAYOUTS_GATEWAY_URL and PAYOUTS_API_KEY.`,
    );
  }
  const { api, sealingPublicKeys, fingerprintKey, payloadKeys } = environment;
  return {
    foundBy: 'the environment',
    temporal,
    sealing: sealingPublicKeys ? { publicKeys: sealingPublicKeys } : { gatewayUrl: api.url },
    fingerprintKey: fingerprintKey?.reveal(),
    payloadKeys: payloadKeys?.reveal(),
    gateway: { url: api.url, apiKey: api.key?.reveal() },
  };
}

function namesAnEngine({ temporal, api }: Environment): boolean {
  return temporal.address !== undefined || api.key !== undefined;
}
