import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSwitchable, type SwitchableServer } from '../../test/support/switchable-server.js';
import type { Chance } from '../plan/chance.js';
import { LATE_MS, requestFate, type RequestFate } from '../plan/fates.js';
import { orderNamed } from '../plan/order-names.js';
import {
  giveAnswer,
  half,
  pass,
  passHalf,
  readMessage,
  writeHead,
  type Answer,
  type Message,
} from './http-message.js';

export interface ProviderProxyOptions {
  readonly target: URL;
  readonly chance: Chance;
  /** As soon as it is here, and before anything becomes of it. */
  readonly onRequest: (message: Message) => void;
  readonly onFault: () => void;
  /** While the answer to the one that came waits. */
  readonly killWorkers: () => Promise<void>;
  /** False: every request is delivered as it is. */
  readonly isHostile: () => boolean;
}

/** Starts the way on a free port of this host. It is up. */
export function startProviderProxy(options: ProviderProxyOptions): Promise<SwitchableServer> {
  const { target, chance, isHostile } = options;
  const seen = new Map<string, number>();

  function fateOf({ path, body }: Message): RequestFate {
    const name = orderNamed(`${path} ${body.toString('latin1')}`) ?? target.port;
    const ordinal = (seen.get(name) ?? 0) + 1;
    seen.set(name, ordinal);
    return isHostile() ? requestFate(chance, name, ordinal) : 'deliver';
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await readMessage(incoming);
    options.onRequest(message);
    const fate = fateOf(message);
    if (fate !== 'deliver') options.onFault();
    switch (fate) {
      case 'deliver':
        return giveAnswer(response, await pass(message, target));
      case 'cut_before':
        return breakOff(response);
      case 'cut_within':
        await passHalf(message, target);
        return breakOff(response);
      case 'cut_after':
        await pass(message, target);
        return breakOff(response);
      case 'cut_in_answer':
        return answerHalf(response, await pass(message, target));
      case 'late':
        await sleep(LATE_MS);
        return giveAnswer(response, await pass(message, target));
      case 'slow_answer': {
        const said = await pass(message, target);
        await sleep(LATE_MS);
        return giveAnswer(response, said);
      }
      case 'workers_die': {
        const said = await pass(message, target);
        await options.killWorkers();
        return giveAnswer(response, said);
      }
    }
  }

  return startSwitchable(() =>
    createServer((incoming, response) => {
      // Where the provider breaks off, so does the way to it.
      serve(incoming, response).catch(() => breakOff(response));
    }),
  );
}

function answerHalf(response: ServerResponse, answer: Answer): void {
  writeHead(response, answer);
  response.write(half(answer.body), () => breakOff(response));
}

function breakOff(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
