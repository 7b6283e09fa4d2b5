/** The two calls of Pocket Pay §4 and §5, read strictly. */
import type { Books, Transfer } from './books.js';
import type { Callbacks } from './callbacks.js';
import type { SimulatorOptions, Wallet } from './server.js';
import { isSigned } from './signature.js';
import type { Timers } from './timers.js';
import { readTransferRequest } from './transfer-request.js';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly signature: string;
  readonly body: Buffer;
}

/** HTTP status and JSON. */
export interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Api {
  /** What a request is about, before any check; counted. */
  arrived(asked: Asked): { readonly on: 'money' | 'status' | undefined; readonly id: string };
  /** Does what is asked. */
  answer(asked: Asked): Answer;
}

export function failure(status: number, code: string, message = code.replaceAll('_', ' ')): Answer {
  return { status, json: { error: { code, message } } };
}

export function transferJson({ key: _, ...transfer }: Transfer): Readonly<Record<string, unknown>> {
  const paid = transfer.state === 'paid' && { fee: 25, paid_at: new Date().toISOString() };
  return { ...transfer, ...paid };
}

export function createApi(
  { wallets, pendingMs }: SimulatorOptions,
  books: Books,
  callbacks: Callbacks,
  timers: Timers,
): Api {
  function end(transfer: Transfer): void {
    callbacks.announce(transfer);
  }

  /** §8: the amount decides. */
  function pay(transfer: Transfer): Transfer {
    switch (transfer.amount % 100) {
      case 1: {
        const refused = books.save({ ...transfer, state: 'refused', reason: 'limit_exceeded' });
        end(refused);
        return refused;
      }
      case 3:
        timers.after(pendingMs, () => end(books.book(transfer)));
        return books.save(transfer);
      default: {
        const paid = books.book(transfer);
        end(paid);
        return paid;
      }
    }
  }

  function take(wallet: Wallet, { key, body }: Asked): Answer {
    const wanted = readTransferRequest(body, wallet.currency);
    if (typeof wanted === 'string') return failure(400, 'invalid_request', wanted);
    if (books.find(wanted.id)) return failure(409, 'duplicate_id');
    if (wanted.amount % 100 === 2) return failure(402, 'insufficient_funds');
    return { status: 201, json: transferJson(pay({ ...wanted, key, state: 'pending' })) };
  }

  return {
    arrived({ method, path, body }) {
      const on = method === 'POST' ? 'money' : 'status';
      const id = on === 'money' ? idIn(body) : decodeURIComponent(path.split('/').at(-1) ?? '');
      books.count(on, id);
      return { on, id };
    },
    answer(asked) {
      const { method, path, key } = asked;
      const wallet = Object.hasOwn(wallets, key) ? wallets[key] : undefined;
      if (!wallet) return failure(401, 'unknown_key');
      if (!isSigned(asked, wallet.secret)) return failure(401, 'bad_signature');
      if (method === 'POST' && path === '/v1/transfers') return take(wallet, asked);
      const [, id = ''] = /^\/v1\/transfers\/([\w-]+)$/.exec(path) ?? [];
      const found = books.find(id);
      if (method !== 'GET' || found?.key !== key) return failure(404, 'unknown_transfer');
      return { status: 200, json: transferJson(found) };
    },
  };
}

/** Also of a request that is going to be refused. */
function idIn(body: Buffer): string {
  return /"id":"([\w-]+)"/.exec(body.toString('latin1'))?.[1] ?? '';
}
