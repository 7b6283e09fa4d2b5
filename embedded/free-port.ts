import { createServer, type AddressInfo } from 'node:net';

/**
 * A TCP port that was free a moment ago.
 *
 * @param wanted 0 for any.
 * @throws if another process has the wanted one: it would be taken for ours.
 */
export function freePort(ip: string, wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use by another process' : `cannot be used (${error.code})`;
      reject(new Error(`${ip}:${wanted} ${why}. Stop that process, or choose another port.`));
    });
    server.listen(wanted, ip, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
