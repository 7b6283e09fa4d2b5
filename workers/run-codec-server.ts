import { createCodecServer } from '../codec-server/create-codec-server.js';
import type { Environment } from '../config/environment.js';
import { readTemporalConnection } from '../config/temporal.js';
import { requirePayloadKeys } from './engine-keys.js';
import { createLog } from './log.js';
import { openEnvironmentJournal } from './open-environment-journal.js';
import { stopSignal } from './stop-signal.js';

/** A codec server process: shows encrypted payloads to those who may see them. Of the journal it needs the API keys. */
export async function runCodecServer(environment: Environment): Promise<void> {
  const log = createLog({ level: environment.logLevel });
  const stopping = stopSignal();
  const payloadKeys = requirePayloadKeys(environment);
  const { namespace } = readTemporalConnection();
  const journal = await openEnvironmentJournal(environment);
  try {
    const { host, port, publicUrl, uiUrl } = environment.codecServer;
    const { apiKeys } = journal;
    const { trustedProxies } = environment.doors;
    const server = await createCodecServer({
      ...{ payloadKeys, apiKeys, namespace, uiUrl, publicUrl, trustedProxies, log },
    });
    const address = await server.listen({ host, port });
    log.info('Codec server started', { address, uiUrl });
    const signal = await stopping;
    log.info('Codec server stops', { signal });
    await server.close();
  } finally {
    await journal.close();
  }
}
