import { orderNamed } from '../plan/order-names.js';
import type { Message } from './http-message.js';

export interface Requests {
  readonly money: number;
  readonly questions: number;
}

/** What passed on the ways to the providers, seen from outside the engine. */
export interface Witness {
  request(message: Message): void;
  fault(): void;
  kill(processes: number): void;
  readonly faults: number;
  readonly kills: number;
  /** Requests that arrived from one moment to another (epoch ms), for the orders that are meant. */
  between(fromMs: number, toMs: number, isMeant: (order: string | undefined) => boolean): Requests;
}

/** All that could move money, by the providers' own paths (All2pay §4, Payneteasy §6, 8b Disbursement §5, /pay §4). */
const MONEY = [
  /\/(performPayout|registerPayout|createTargetBindingId|createSourceBindingId)\.do/i,
  /\/api\/v4\/payout/,
  /\/partner\/[^/]+\/payout(?:$|\?)/,
  /^\/pay(?:$|\?|\/(?:recurrent|refund|void|complete)$)/,
];

export function createWitness(): Witness {
  const seen: { readonly atMs: number; readonly isMoney: boolean; readonly order: string | undefined }[] = [];
  let faults = 0;
  let kills = 0;
  return {
    request({ path, body }) {
      seen.push({
        atMs: Date.now(),
        isMoney: MONEY.some((pattern) => pattern.test(path)),
        order: orderNamed(`${path} ${body.toString('latin1')}`),
      });
    },
    fault: () => void (faults += 1),
    kill: (processes) => void (kills += processes),
    get faults() {
      return faults;
    },
    get kills() {
      return kills;
    },
    between(fromMs, toMs, isMeant) {
      const then = seen.filter(({ atMs, order }) => atMs >= fromMs && atMs < toMs && isMeant(order));
      const money = then.filter(({ isMoney }) => isMoney).length;
      return { money, questions: then.length - money };
    },
  };
}
