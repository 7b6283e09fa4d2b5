/** Callbacks (Pocket Pay §7): when a transfer ends, until somebody says "received"; and what can go wrong with them. */
import { transferJson } from './api.js';
import type { Transfer } from './books.js';
import type { Faults } from './faults.js';
import type { SimulatorOptions } from './server.js';
import { callbackSignature } from './signature.js';
import type { Timers } from './timers.js';

const TRIES = 3;

export interface Callbacks {
  /** A transfer has ended. */
  announce(transfer: Transfer): void;
  /** Resolves once a callback that is to overtake the answer of its own request was tried. */
  early(id: string): () => Promise<void>;
  /** One callback now; true if it was received. */
  send(transfer: Transfer, how?: { readonly forged?: boolean | undefined }): Promise<boolean>;
}

export function createCallbacks(
  { wallets, repeatMs }: Pick<SimulatorOptions, 'wallets' | 'repeatMs'>,
  faults: Faults,
  timers: Timers,
): Callbacks {
  const overtaking = new Map<string, Promise<unknown>>();

  /** The same bytes each time (§7). */
  function written(transfer: Transfer, forged: boolean): (() => Promise<boolean>) | undefined {
    const callback = wallets[transfer.key]?.callback;
    if (!callback) return undefined;
    const body = JSON.stringify(transferJson(transfer));
    const signature = callbackSignature(body, forged ? 'somebody-elses-secret' : callback.secret);
    const headers = { 'content-type': 'application/json', 'pocket-signature': signature };
    return () =>
      fetch(callback.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
  }

  async function deliver(transfer: Transfer, forged = false): Promise<void> {
    const send = written(transfer, forged);
    for (let tries = 0; send && tries < TRIES && !(await send()); tries += 1) await timers.sleep(repeatMs);
  }

  return {
    announce(transfer) {
      const opposite = transfer.state === 'paid' ? 'refused' : 'paid';
      switch (faults.ofCallback(transfer.id)) {
        case 'lost':
          return;
        case 'early':
          return void overtaking.set(transfer.id, deliver(transfer));
        case 'doubled':
          void deliver(transfer);
          return void deliver(transfer);
        case 'forged':
          return void deliver(transfer, true);
        case 'contradicting':
          return void deliver({ ...transfer, state: opposite });
        case 'out_of_order':
          return void deliver(transfer).then(() => deliver({ ...transfer, state: 'pending' }));
        case undefined:
          return void deliver(transfer);
      }
    },
    early: (id) => async () => void (await overtaking.get(id)),
    send: async (transfer, { forged = false } = {}) => (await written(transfer, forged)?.()) ?? false,
  };
}
