import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A server that can go away and come back, always at the same port. */
export interface SwitchableServer {
  readonly port: number;
  /** Cuts what is open and refuses what comes, as a host does whose service is not running. */
  down(): Promise<void>;
  up(): Promise<void>;
}

/** Starts it on a free port of this host. It is up. `create` makes a new one each time: of TCP, or of HTTP. */
export async function startSwitchable(create: () => Server): Promise<SwitchableServer> {
  const open = new Set<Socket>();
  let server: Server | undefined;

  async function listen(port: number): Promise<number> {
    server = create();
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });
    return listening(server, port);
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

/** @returns the port; 0 is any free one of this host */
export async function listening(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Two ends of one way: where one breaks or closes, so does the other. */
export function tie(one: Socket, other: Socket): void {
  for (const [side, opposite] of [
    [one, other],
    [other, one],
  ] as const) {
    side.on('error', () => opposite.destroy());
    side.once('close', () => opposite.destroy());
  }
}
