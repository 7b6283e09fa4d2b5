import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { All2paySimulator, All2paySimulatorOptions } from '../../../simulators/index.js';
import { startAll2paySimulator } from '../../../simulators/index.js';

export const LOGIN = { userName: 'acme-api', password: 'secret' };
export const CARD = '2200000000000004';

/** Fast enough for tests, slow enough to see both sides of every wait. */
export const TIMINGS = { hangMs: 150, notFoundMs: 300, pendingMs: 300, sessionSecondMs: 50 };

/** Closed when the test is over. */
export async function simulate(options: Partial<All2paySimulatorOptions> = {}): Promise<All2paySimulator> {
  const simulator = await startAll2paySimulator({
    ...LOGIN,
    ...options,
    timings: { ...TIMINGS, ...options.timings },
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export const HEADERS = {
  'content-type': 'application/json; charset=UTF-8',
  accept: 'application/json; version=2.0',
};

export async function post(
  { baseUrl }: All2paySimulator,
  method: string,
  body: unknown,
  init: RequestInit = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`${baseUrl}/${method}.do`, {
    method: 'POST',
    headers: HEADERS,
    body: text,
    ...init,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

export function performBody(
  orderNumber: string,
  amount = 10_050,
  more: object = {},
): Record<string, unknown> {
  return { ...LOGIN, orderNumber, amount, currency: '643', target: { pan: CARD }, ...more };
}

export function registerBody(
  orderNumber: string,
  amount = 10_050,
  more: object = {},
): Record<string, unknown> {
  const urls = { returnUrl: 'https://shop.example/ok?o=1', failUrl: 'https://shop.example/fail' };
  return { ...LOGIN, orderNumber, amount, currency: '643', urls, ...more };
}

export const perform = (simulator: All2paySimulator, orderNumber: string, amount?: number, more?: object) =>
  post(simulator, 'performPayout', performBody(orderNumber, amount, more));
export const register = (simulator: All2paySimulator, orderNumber: string, amount?: number, more?: object) =>
  post(simulator, 'registerPayout', registerBody(orderNumber, amount, more));
export const status = (simulator: All2paySimulator, orderNumber: string) =>
  post(simulator, 'getPayoutStatus', { ...LOGIN, orderNumber });

/** Completes the digits to a card number of 16. */
export function cardStarting(prefix: string): string {
  const digits = prefix.padEnd(15, '0');
  const sum = [...digits].reverse().reduce((total, text, place) => {
    const digit = Number(text) * (place % 2 === 0 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

export interface ReceivedCallback {
  readonly method: string;
  readonly params: Record<string, string>;
}

export interface CallbackReceiver {
  readonly url: string;
  readonly received: ReceivedCallback[];
}

/** A merchant's callback door; answers what `answers` says in turn, then 200. */
export async function receiveCallbacks(answers: number[] = []): Promise<CallbackReceiver> {
  const received: ReceivedCallback[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const query = request.method === 'GET' ? (request.url ?? '').replace(/^[^?]*\??/, '') : body;
      received.push({ method: request.method ?? '', params: Object.fromEntries(new URLSearchParams(query)) });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, received };
}
