import type { PayoutClient } from '../client/payout-client.js';
import { CliError, EXIT, usageError } from './cli-error.js';
import { commandName } from './command-name.js';
import type { Engine } from './context.js';
import { osUser } from './os-user.js';

/** A client of the engine; Temporal's libraries are loaded only now, so that `--help` is quick. */
export async function openClient(engine: Engine): Promise<PayoutClient> {
  const { createPayoutClient } = await import('../client/index.js');
  const { connectionOptions, namespace } = engine.temporal;
  const { url: gatewayUrl, apiKey } = engine.gateway;
  // Not after the call has had its effect: the answer could not be read.
  if (!engine.payloadKeys) {
    throw usageError(
      'there are no payload keys, by which the engine encrypts what Temporal keeps. Set PAYOUTS_PAYLOAD_KEYS as the workers have it.',
    );
  }
  try {
    return await createPayoutClient({
      connectionOptions,
      namespace,
      sealing: engine.sealing,
      fingerprintKey: engine.fingerprintKey,
      payloadKeys: engine.payloadKeys,
      actor: osUser(),
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
