import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be closed and opened again, always at the same port. */
export interface TcpProxy {
  readonly port: number;
  /** Cuts what is open and refuses what comes, as a host does whose service is not running. */
  down(): Promise<void>;
  up(): Promise<void>;
}

/** Starts a proxy on a free port of this host that leads to `targetPort`. It is up. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let server: Server | undefined;

  async function listen(port: number): Promise<number> {
    // Half-open is how some clients end a request; the pipes pass each side's end on.
    server = createServer({ allowHalfOpen: true }, (client) => join(client, open, targetPort));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const port = await listen(0);
  return {
    port,
    async down() {
      if (server === undefined) return;
      const closed = once(server, 'close');
      server.close();
      server = undefined;
      for (const socket of open) socket.resetAndDestroy();
      await closed;
    },
    async up() {
      if (server === undefined) await listen(port);
    },
  };
}

function join(client: Socket, open: Set<Socket>, targetPort: number): void {
  const target = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
  for (const [side, other] of [
    [client, target],
    [target, client],
  ] as const) {
    open.add(side);
    side.on('error', () => other.destroy());
    side.once('close', () => {
      open.delete(side);
      other.destroy();
    });
  }
  client.pipe(target).pipe(client);
}
