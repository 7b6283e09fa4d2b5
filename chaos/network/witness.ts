import type { Message } from './http-message.js';

/** What passed on the ways to the providers, seen from outside the engine. */
export interface Witness {
  request(message: Message): void;
  fault(): void;
  kill(processes: number): void;
  readonly faults: number;
  readonly kills: number;
  /** Requests that arrived from one moment to another (epoch ms). */
  between(fromMs: number, toMs: number): { readonly money: number; readonly questions: number };
}

/** All that could move money, by the providers' own paths (All2pay §4, Payneteasy §6, 8b Disbursement §5, /pay §4). */
const MONEY = [
  /\/(performPayout|registerPayout|createTargetBindingId|createSourceBindingId)\.do/i,
  /\/api\/v4\/payout/,
  /\/partner\/[^/]+\/payout(?:$|\?)/,
  /^\/pay(?:$|\?|\/(?:recurrent|refund|void|complete)$)/,
];

export function createWitness(): Witness {
  const seen: { readonly atMs: number; readonly isMoney: boolean }[] = [];
  let faults = 0;
  let kills = 0;
  return {
    request({ path }) {
      seen.push({ atMs: Date.now(), isMoney: MONEY.some((pattern) => pattern.test(path)) });
    },
    fault: () => void (faults += 1),
    kill: (processes) => void (kills += processes),
    get faults() {
      return faults;
    },
    get kills() {
      return kills;
    },
    between(fromMs, toMs) {
      const then = seen.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
      const money = then.filter(({ isMoney }) => isMoney).length;
      return { money, questions: then.length - money };
    },
  };
}
