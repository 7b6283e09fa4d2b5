import type { PayoutClient } from '../client/payout-client.js';
import { CliError, EXIT } from './cli-error.js';
import { commandName } from './command-name.js';
import type { Engine } from './context.js';

/** A client of the engine; Temporal's libraries are loaded only now, so that `--help` is quick. */
export async function openClient(engine: Engine): Promise<PayoutClient> {
  const { createPayoutClient } = await import('../client/index.js');
  const { connectionOptions, namespace } = engine.temporal;
  const { url: gatewayUrl, apiKey } = engine.gateway;
  try {
    return await createPayoutClient({
      connectionOptions,
      namespace,
      sealing: engine.sealing,
      fingerprintKey: engine.fingerprintKey,
      ...(apiKey !== undefined && { oneTimeSecrets: { gatewayUrl, apiKey } }),
    });
  } catch (cause) {
    const address = connectionOptions.address ?? 'the configured address';
    throw new CliError(
      EXIT.unreachable,
      `Temporal does not answer at ${address} (named by ${engine.foundBy}). Start the engine ("${commandName()} up"), ` +
        'or give the right TEMPORAL_ADDRESS.',
      { cause },
    );
  }
}

/** Opens a client for one piece of work and closes it whatever comes of that. */
export async function withClient<T>(engine: Engine, work: (client: PayoutClient) => Promise<T>): Promise<T> {
  const client = await openClient(engine);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
