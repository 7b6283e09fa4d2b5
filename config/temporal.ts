import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { ConfigError } from './config-error.js';

export interface TemporalConnection {
  /** For `Connection.connect` and `NativeConnection.connect` alike. */
  readonly connectionOptions: ClientConnectConfig['connectionOptions'];
  readonly namespace: string;
}

const DEFAULT_ADDRESS = '127.0.0.1:7233';

/**
 * How to reach Temporal: the TEMPORAL_* variables and, where there is one, Temporal's own configuration file, as every
 * Temporal tool reads them. Default: `127.0.0.1:7233`, namespace `default`, no TLS.
 *
 * @throws ConfigError
 */
export function readTemporalConnection(env: NodeJS.ProcessEnv = process.env): TemporalConnection {
  const variables = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: variables });
    return {
      connectionOptions: { ...connectionOptions, address: connectionOptions.address ?? DEFAULT_ADDRESS },
      namespace: namespace ?? 'default',
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    const remedy =
      'Look at TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_TLS_*, TEMPORAL_PROFILE and TEMPORAL_CONFIG_FILE, ' +
      'and at the files that they name.';
    throw new ConfigError([{ where: 'TEMPORAL_*', problem, remedy }]);
  }
}
