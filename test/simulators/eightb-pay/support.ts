import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  startEightbPaySimulator,
  type EightbPaySimulator,
  type EightbPaySimulatorOptions,
} from '../../../simulators/index.js';

export const SHOP = { apiKey: 'shop-1', secretKey: 'k3yEXAMPLEnotreal' };

/** Closed when the test is over. */
export async function simulate(
  options: Partial<EightbPaySimulatorOptions> = {},
): Promise<EightbPaySimulator> {
  const timings = { secondMs: 2, ...options.timings };
  const simulator = await startEightbPaySimulator({ ...SHOP, ...options, timings });
  onTestFinished(() => simulator.close());
  return simulator;
}

export const sign = (data: string, key = SHOP.secretKey): string =>
  createHmac('md5', key).update(data).digest('hex');

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** What `data` says, if it is rightly signed. */
  readonly document: Record<string, unknown>;
}

export async function post(
  { baseUrl }: EightbPaySimulator,
  path: string,
  document: object,
  change: { readonly sign?: string; readonly form?: URLSearchParams | string } = {},
): Promise<Answer> {
  const data = Buffer.from(JSON.stringify(document)).toString('base64');
  const form = change.form ?? new URLSearchParams({ data, sign: change.sign ?? sign(data) });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(baseUrl + path, { method: 'POST', headers, body: form.toString() });
  const body = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, body, document: opened(body) };
}

function opened({ data, sign: given }: Record<string, unknown>): Record<string, unknown> {
  if (typeof data !== 'string' || given !== sign(data)) return {};
  return JSON.parse(Buffer.from(data, 'base64').toString()) as Record<string, unknown>;
}

/** A document of §4.1. */
export function order(reference: string, more: object = {}, params: object = {}): Record<string, unknown> {
  return {
    ...{ api_key: SHOP.apiKey, expiration: '2049-01-01 00:00', amount: 327.78, currency: 'USD', reference },
    ...{ description: 'test', lang: 'en' },
    ...{ success_url: 'https://shop.example/ok', failure_url: 'https://shop.example/ko' },
    ...more,
    params: { user_email: 'anna@shop.example', flag_get_url: 1, ...params },
  };
}

export const pay = (simulator: EightbPaySimulator, reference: string, more?: object, params?: object) =>
  post(simulator, '/pay', order(reference, more, params));
export const status = (simulator: EightbPaySimulator, reference: string) =>
  post(simulator, '/pay/get_orders_data', { api_key: SHOP.apiKey, reference });
export const operate = (
  simulator: EightbPaySimulator,
  kind: string,
  transaction_id: string,
  amount?: number,
) => post(simulator, `/pay/${kind}`, { api_key: SHOP.apiKey, transaction_id, amount });

/** What the status query says, as text. */
export async function statuses(simulator: EightbPaySimulator, reference: string): Promise<string[]> {
  const { items } = (await status(simulator, reference)).document as { items: { status: unknown }[] };
  return items.map((item) => String(item.status));
}

export interface ReceivedCallback {
  readonly data: string;
  readonly sign: string;
  readonly document: Record<string, unknown>;
}

/** A shop's callback door; answers what `answers` says in turn, then OK. */
export async function receiveCallbacks(
  answers: string[] = [],
): Promise<{ readonly url: string; readonly received: ReceivedCallback[] }> {
  const received: ReceivedCallback[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const data = form.get('data') ?? '';
      const document = JSON.parse(Buffer.from(data, 'base64').toString()) as Record<string, unknown>;
      received.push({ data, sign: form.get('sign') ?? '', document });
      response.writeHead(200, { 'content-type': 'text/plain' }).end(answers.shift() ?? 'OK');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, received };
}

/** Posts a page's form, without following where it leads. */
export async function submit(url: string, fields: Record<string, string>) {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  return {
    status: answer.status,
    html: await answer.text(),
    to: location === null ? undefined : new URL(location, url).href,
  };
}

export const typed = (cvv: string, pan = '4111111111111111') => ({
  ...{ pan, cvv, expiry: '12/49', holder: 'ANNA PETROVA', action: 'pay' },
});
