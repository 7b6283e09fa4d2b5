import { connect, createServer } from 'node:net';
import { startSwitchable, tie, type SwitchableServer } from './switchable-server.js';

/** Starts a proxy on a free port of this host that leads to `targetPort`: a way to a server that can be closed. */
export function startTcpProxy(targetPort: number): Promise<SwitchableServer> {
  // Half-open is how some clients end a request; the pipes pass each side's end on.
  const options = { allowHalfOpen: true };
  return startSwitchable(() =>
    createServer(options, (client) => {
      const target = connect({ ...options, port: targetPort, host: '127.0.0.1' });
      tie(client, target);
      client.pipe(target).pipe(client);
    }),
  );
}
