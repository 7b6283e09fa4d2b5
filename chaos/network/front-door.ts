import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listening } from '../../test/support/switchable-server.js';
import type { Chance } from '../plan/chance.js';
import { callbackFate, type CallbackFate } from '../plan/fates.js';
import { orderNamed } from '../plan/order-names.js';
import { forged } from './forgery.js';
import { giveAnswer, pass, readMessage, type Answer, type Message } from './http-message.js';

/** The public address of the gateway, and what happens on the way to it. */
export interface FrontDoor {
  readonly url: string;
  /** Genuine callbacks that the gateway said it has. */
  readonly acknowledged: readonly Message[];
  readonly forgeries: readonly Message[];
  readonly faults: number;
  close(): Promise<void>;
}

export interface FrontDoorOptions {
  readonly gateway: URL;
  readonly chance: Chance;
  readonly isHostile: () => boolean;
}

const CALLBACK = /^\/callbacks\//;
const PEACEFUL: CallbackFate = { isLost: false, delayMs: 0, isAnswerLost: false, forged: 'no' };

export async function openFrontDoor({ gateway, chance, isHostile }: FrontDoorOptions): Promise<FrontDoor> {
  const seen = new Map<string, number>();
  const acknowledged: Message[] = [];
  const forgeries: Message[] = [];
  let faults = 0;

  async function deliver(message: Message): Promise<Answer> {
    const answer = await pass(message, gateway);
    if (answer.status >= 200 && answer.status < 300) acknowledged.push(message);
    return answer;
  }

  /** Nobody waits for its answer. */
  function later(afterMs: number, send: () => Promise<unknown>): void {
    setTimeout(() => void send().catch(() => undefined), afterMs).unref();
  }

  function forge(message: Message): void {
    const forgery = forged(message);
    if (forgery === undefined) return;
    forgeries.push(forgery);
    later(0, () => pass(forgery, gateway));
  }

  function fateOf(message: Message): CallbackFate {
    const name = orderNamed(`${message.path} ${message.body.toString('utf8')}`) ?? 'unnamed';
    const ordinal = (seen.get(name) ?? 0) + 1;
    seen.set(name, ordinal);
    const fate = isHostile() ? callbackFate(chance, name, ordinal) : PEACEFUL;
    if (fate.isLost || fate.isAnswerLost || fate.delayMs > 0 || fate.againAfterMs !== undefined) faults += 1;
    if (fate.forged !== 'no') faults += 1;
    return fate;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await readMessage(incoming);
    if (!CALLBACK.test(message.path)) return giveAnswer(response, await pass(message, gateway));
    const fate = fateOf(message);
    if (fate.forged === 'before') forge(message);
    if (fate.isLost) return void response.socket?.destroy();
    if (fate.delayMs > 0) await sleep(fate.delayMs);
    const answer = await deliver(message);
    if (fate.forged === 'after') forge(message);
    if (fate.againAfterMs !== undefined) later(fate.againAfterMs, () => deliver(message));
    if (fate.isAnswerLost) return void response.socket?.destroy();
    giveAnswer(response, answer);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => {
      if (!response.headersSent) response.writeHead(502);
      response.end();
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    acknowledged,
    forgeries,
    get faults() {
      return faults;
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
