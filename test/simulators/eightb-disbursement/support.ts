import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  startEightbDisbursementSimulator,
  type EightbDisbursementSimulator,
  type EightbDisbursementSimulatorOptions,
} from '../../../simulators/index.js';

export const SERVICE = '1042';
export const KEY = 'k3yEXAMPLEnotreal';

/** Fast enough for tests, slow enough to see both sides of every wait. */
export const TIMINGS = { paidMs: 80, notFoundMs: 80, callbackGapsMs: [20, 40], callbackGiveUpMs: 600_000 };

/** Closed when the test is over. */
export async function simulate(
  options: Partial<EightbDisbursementSimulatorOptions> = {},
): Promise<EightbDisbursementSimulator> {
  const simulator = await startEightbDisbursementSimulator({
    services: { [SERVICE]: { secretKey: KEY, balanceMinor: 100_000 } },
    ...options,
    timings: { ...TIMINGS, ...options.timings },
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

export const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/** §3.1. */
const RECIPES: Readonly<Record<string, readonly string[]>> = {
  payout: ['id', 'dt', 'amount', 'phone', 'client', 'destination'],
  check: ['id', 'dt', 'amount', 'destination'],
  callback: ['id', 'dt', 'amount', 'result', 'destination'],
  balance: ['dt'],
  balance_statement: ['dt_start', 'dt_end'],
  payout_reestr: ['dt_start', 'dt_end'],
  notify: ['id', 'dt'],
};

export type Form = Record<string, string>;

export const hashOf = (message: string, fields: Form, key = KEY): string =>
  md5(`${(RECIPES[message] ?? []).map((name) => fields[name] ?? '').join('')}${key}`);

export const PAYOUT = {
  ...{ dt: '2025-03-04 05:06:07', amount: '150.00', currency: 'EUR', phone: '622851280' },
  ...{ client: '9876543212', destination: '202', receiver_fio: 'ANNA EXAMPLE' },
};

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
  /** The text of an element. */
  readonly of: (this: void, name: string) => string | undefined;
}

export async function post(
  { baseUrl }: EightbDisbursementSimulator,
  method: string,
  fields: Form,
  { service = SERVICE, key = KEY, hash = hashOf(method, fields, key) } = {},
): Promise<Answer> {
  const body = new URLSearchParams({ ...fields, hash });
  const answer = await fetch(`${baseUrl}/partner/${service}/${method}`, { method: 'POST', body });
  return answerOf(answer);
}

export async function registry(
  { baseUrl }: EightbDisbursementSimulator,
  fields: Form,
  path = '/payout_reestr',
): Promise<Answer> {
  const hash = hashOf('payout_reestr', fields);
  const query = new URLSearchParams({ ...fields, hash });
  return answerOf(await fetch(`${baseUrl}${path}?${query.toString()}`));
}

async function answerOf(answer: Response): Promise<Answer> {
  const text = await answer.text();
  const of = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return { status: answer.status, text, type: answer.headers.get('content-type') ?? '', of };
}

export const payout = (simulator: EightbDisbursementSimulator, id: string, more: Form = {}) =>
  post(simulator, 'payout', { id, ...PAYOUT, ...more });

export const check = (simulator: EightbDisbursementSimulator, id: string, more: Form = {}) => {
  const { dt, amount, destination } = PAYOUT;
  return post(simulator, 'check', { id, dt, amount, destination, ...more });
};

/** A client of the scenario with these two digits (§11). */
export const ending = (digits: string): Form => ({ client: `98765432${digits}` });

export interface ReceivedCallback {
  readonly form: Form;
  readonly type: string | undefined;
  readonly at: number;
}

/** A partner's callback door; answers what `answers` says in turn, then `OK`. */
export async function receiveCallbacks(
  answers: { status?: number; body?: string }[] = [],
): Promise<{ url: string; received: ReceivedCallback[] }> {
  const received: ReceivedCallback[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      received.push({ form, type: request.headers['content-type'], at: Date.now() });
      const { status = 200, body: said = 'OK' } = answers.shift() ?? {};
      response.writeHead(status).end(said);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, received };
}
