/** Pocket Pay as a real HTTP server: strict, with books of its own, and faults on demand. It plays protocol.md. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi, type Asked } from './api.js';
import { createBooks, type Books } from './books.js';
import { createCallbacks, type Callbacks } from './callbacks.js';
import { deliver } from './delivery.js';
import { createFaults, type Faults } from './faults.js';
import { createTimers } from './timers.js';

/** One wallet: who calls, and where its callbacks go. */
export interface Wallet {
  readonly secret: string;
  readonly currency: string;
  readonly callback?: { readonly url: string; readonly secret: string } | undefined;
}

export interface SimulatorOptions {
  /** By key id. */
  readonly wallets: Readonly<Record<string, Wallet>>;
  /** How long a transfer that is paid later is pending. */
  readonly pendingMs: number;
  /** The wait before a callback that was not received is repeated; three tries. */
  readonly repeatMs: number;
  /** @default any free one */
  readonly port?: number | undefined;
}

export interface PocketPaySimulator {
  /** An account's `baseUrl`. */
  readonly baseUrl: string;
  readonly books: Books;
  readonly faults: Faults;
  readonly callbacks: Callbacks;
  /** At once, whatever hangs. */
  close(): Promise<void>;
}

export async function startPocketPaySimulator(options: SimulatorOptions): Promise<PocketPaySimulator> {
  const timers = createTimers();
  const faults = createFaults();
  const books = createBooks();
  const callbacks = createCallbacks(options, faults, timers);
  const api = createApi(options, books, callbacks, timers);

  const server = createServer((request, response) => {
    void (async () => {
      const asked: Asked = { ...partsOf(request), body: await bytesOf(request) };
      const { on, id } = api.arrived(asked);
      const fault = on && faults.take(on, id);
      const early = callbacks.early(id);
      await deliver({ response, fault, process: () => api.answer(asked), before: early, timers });
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    books,
    faults,
    callbacks,
    async close() {
      timers.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function partsOf({ method = '', url = '', headers }: IncomingMessage): Omit<Asked, 'body'> {
  return {
    method,
    path: url,
    key: String(headers['pocket-key']),
    signature: String(headers['pocket-signature']),
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
