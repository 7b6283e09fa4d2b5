import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';

/** A TCP port that nobody else can get until it is given free; may be given free twice. */
export interface HeldPort {
  readonly port: number;
  readonly release: () => Promise<void>;
}

/**
 * Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152): one of those could
 * take a port between our giving it free and the server's listening on it.
 */
const LOWEST = 20_000;
const HIGHEST = 32_767;
const TRIES = 50;

/**
 * Holds a port for a server that starts later, where others must know its address before.
 *
 * @param wanted 0 for any.
 * @throws if another process has the wanted one: it would be taken for ours.
 */
export async function holdPort(ip: string, wanted = 0): Promise<HeldPort> {
  for (let tried = 0; wanted === 0 && tried < TRIES; tried += 1) {
    const held = await listenOn(ip, randomInt(LOWEST, HIGHEST + 1)).catch(() => undefined);
    if (held) return held;
  }
  return listenOn(ip, wanted);
}

function listenOn(ip: string, wanted: number): Promise<HeldPort> {
  return new Promise((resolve, reject) => {
    // Whoever comes early is turned away: an open connection would keep the port from being given free.
    const server = createServer((early) => early.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use by another process' : `cannot be used (${error.code})`;
      reject(new Error(`${ip}:${wanted} ${why}. Stop that process, or choose another port.`));
    });
    server.listen(wanted, ip, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, release: () => new Promise((released) => server.close(() => released())) });
    });
  });
}

/** A TCP port that was free a moment ago. Parameters and error as above. */
export async function freePort(ip: string, wanted = 0): Promise<number> {
  const { port, release } = await holdPort(ip, wanted);
  await release();
  return port;
}
