/** How an answer reaches the wire, or does not. */
import type { ServerResponse } from 'node:http';
import type { FaultKind } from 'payout-engine/conformance';
import { failure, type Answer } from './api.js';
import type { Timers } from './timers.js';

export interface Delivery {
  readonly response: ServerResponse;
  readonly fault: FaultKind | undefined;
  /** Does what is asked. Some faults come before it, some after. */
  readonly process: () => Answer;
  /** Awaited once the work is done, before a byte of the answer leaves. */
  readonly before: () => Promise<void>;
  readonly timers: Timers;
}

const JSON_TYPE = 'application/json';
const HUGE = 2 * 1024 * 1024;
const DEEP = 100_000;

export async function deliver({ response, fault, process, before, timers }: Delivery): Promise<void> {
  const send = (status: number, text: string, type = JSON_TYPE): void =>
    void response.writeHead(status, { 'content-type': type }).end(text);
  const say = ({ status, json }: Answer): void => send(status, JSON.stringify(json));
  const page = (status: number): void => send(status, '<html>Please wait</html>', 'text/html');
  const reset = (): void => void response.socket?.resetAndDestroy();

  // Nothing is processed.
  switch (fault) {
    case 'reset_unprocessed':
      return reset();
    case 'silent_unprocessed':
      return;
    case 'error_page_unprocessed':
      return page(500);
    case 'unavailable':
      return page(503);
    case 'rate_limited':
      response.setHeader('retry-after', '1');
      return say(failure(429, 'too_many_requests'));
    case 'doubtful_unprocessed':
      return say(failure(500, 'outcome_unknown'));
    case 'refused':
      return say(failure(400, 'invalid_request'));
    case 'card_refused':
      return say(failure(422, 'card_not_accepted'));
    case 'login_refused':
      return say(failure(401, 'bad_signature'));
    case 'not_found':
      return say(failure(404, 'unknown_transfer'));
    default:
  }

  const answer = process();
  await before();
  const text = JSON.stringify(answer.json);
  const rewritten = (changes: Readonly<Record<string, unknown>>): void =>
    say({ ...answer, json: { ...answer.json, ...changes } });
  switch (fault) {
    case undefined:
      return say(answer);
    case 'reset_processed':
      return reset();
    case 'silent_processed':
      return;
    case 'error_page_processed':
      return page(500);
    case 'doubtful_processed':
      return say(failure(500, 'outcome_unknown'));
    case 'unreadable_body':
      return page(200);
    case 'empty_body':
      return send(200, '');
    case 'oversized_body':
      return send(answer.status, ' '.repeat(HUGE) + text);
    case 'deep_body':
      return send(answer.status, '{"state":'.repeat(DEEP) + '1' + '}'.repeat(DEEP));
    case 'mislabelled_body':
      return send(answer.status, text, 'text/html');
    case 'slow_body':
      return drip(response, answer.status, text, 800, timers);
    case 'too_slow_body':
      return drip(response, answer.status, text, 10_000, timers);
    case 'cut_off_body':
      response.writeHead(answer.status, { 'content-type': JSON_TYPE, 'content-length': text.length });
      return void response.write(text.slice(0, text.length / 2), reset);
    case 'other_amount':
      return rewritten({ amount: 1 });
    case 'other_order':
      return rewritten({ id: 'somebody-elses' });
    case 'unheard_of_state':
      return rewritten({ state: 'on_hold' });
    case 'no_state':
      return rewritten({ state: undefined });
    case 'still_pending':
      return rewritten({ state: 'pending' });
  }
}

/** The whole answer, in ten pieces. */
async function drip(
  response: ServerResponse,
  status: number,
  text: string,
  ms: number,
  timers: Timers,
): Promise<void> {
  response.writeHead(status, { 'content-type': JSON_TYPE });
  const size = Math.ceil(text.length / 10);
  for (let from = 0; from < text.length; from += size) {
    response.write(text.slice(from, from + size));
    await timers.sleep(ms / 10);
  }
  response.end();
}
