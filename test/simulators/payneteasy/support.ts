import {
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  startPayneteasySimulator,
  type PayneteasyMerchantOptions,
  type PayneteasySimulator,
  type PayneteasySimulatorOptions,
} from '../../../simulators/index.js';

export const LOGIN = 'merchant1';
export const CONTROL_KEY = '0A1B2C3D-1111-4222-8333-444455556666';

/** Made once per test file. */
export const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const PRIVATE = createPrivateKey(KEYS.privateKey);

/** Fast enough for tests, slow enough to see both sides of every wait. */
export const TIMINGS = {
  approveMs: 60,
  declineMs: 30,
  checkMs: 30,
  unknownMs: 150,
  lateMs: 300,
  redirectMs: 250,
  reversalMs: 100,
  errorTurnsMs: 100,
  callbackSecondMs: 0.1,
};

type Options = Omit<Partial<PayneteasySimulatorOptions>, 'merchants'> & {
  readonly merchant?: Partial<PayneteasyMerchantOptions>;
};

/** Closed when the test is over. */
export async function simulate({ merchant, ...options }: Options = {}): Promise<PayneteasySimulator> {
  const simulator = await startPayneteasySimulator({
    ...options,
    merchants: { [LOGIN]: { merchantControl: CONTROL_KEY, publicKey: KEYS.publicKey, ...merchant } },
    timings: { ...TIMINGS, ...options.timings },
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

export type Fields = Readonly<Record<string, string>>;

/** RFC 3986, by hand: the third reading of it beside adapter and simulator. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function base(url: string, fields: Fields): string {
  const sorted = Object.keys(fields)
    .sort()
    .map((name) => `${encode(name)}=${encode(fields[name] ?? '')}`);
  return ['POST', url, sorted.join('&')].map(encode).join('&');
}

export interface HowSigned {
  readonly login?: string;
  readonly nonce?: string;
  readonly timestamp?: number;
  readonly method?: 'RSA-SHA256' | 'HMAC-SHA1';
  /** Changes the signed fields after signing. */
  readonly tamper?: (fields: Fields) => Fields;
  readonly accept?: string;
  readonly version?: string;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** One signed POST. */
export async function post(
  { baseUrl }: PayneteasySimulator,
  path: string,
  fields: Fields,
  how: HowSigned = {},
): Promise<Answer> {
  const { login = LOGIN, nonce = randomBytes(8).toString('hex'), method = 'RSA-SHA256' } = how;
  const { timestamp = Math.floor(Date.now() / 1000), tamper = (same) => same, version = '1.0' } = how;
  const url = `${baseUrl}/api/${path}`;
  const oauth = {
    oauth_consumer_key: login,
    oauth_nonce: nonce,
    oauth_signature_method: method,
    oauth_timestamp: String(timestamp),
    oauth_version: version,
  };
  const text = base(url, { ...fields, ...oauth });
  const signature =
    method === 'HMAC-SHA1'
      ? createHmac('sha1', `${CONTROL_KEY}&`).update(text).digest('base64')
      : sign('RSA-SHA256', Buffer.from(text), PRIVATE).toString('base64');
  const header = Object.entries({ ...oauth, oauth_signature: signature })
    .map(([name, value]) => `${name}="${encode(value)}"`)
    .join(', ');
  const sent = tamper(method === 'HMAC-SHA1' ? { ...fields, ...oauth } : fields);
  return exchange(url, sent, { authorization: `OAuth ${header}`, accept: how.accept });
}

/** One POST with a control or nothing. */
export async function exchange(
  url: string,
  fields: Fields,
  {
    authorization,
    accept = 'application/vnd.pay+json',
  }: { authorization?: string; accept?: string | undefined } = {},
): Promise<Answer> {
  const body = Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept,
    ...(authorization !== undefined && { authorization }),
  };
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text, body: parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export function payoutFields(clientOrderId: string, more: Fields = {}): Fields {
  return {
    client_orderid: clientOrderId,
    amount: '150.50',
    currency: 'USD',
    account_number: 'DE00000000000000000000',
    ...more,
  };
}

export const payout = (simulator: PayneteasySimulator, id: string, more?: Fields, how?: HowSigned) =>
  post(simulator, 'v4/payout/39915', payoutFields(id, more), how);

/** To an account whose last two digits choose the scenario. */
export const scenario = (simulator: PayneteasySimulator, id: string, digits: string, more: Fields = {}) =>
  payout(simulator, id, { account_number: `DE000000000000000000${digits}`, ...more });

export function status(simulator: PayneteasySimulator, id: string, more: Fields = {}, accept?: string) {
  const asked: Fields = { login: LOGIN, client_orderid: id, ...more };
  const text = `${asked['login']}${id}${asked['orderid'] ?? ''}${CONTROL_KEY}`;
  const control = createHash('sha1').update(text).digest('hex');
  return exchange(`${simulator.baseUrl}/api/v2/status/39915`, { control, ...asked }, { accept });
}

export interface ReceivedCallback {
  readonly method: string;
  readonly params: Record<string, string>;
}

/** A merchant's callback door; answers what `answers` says in turn, then 200. */
export async function receiveCallbacks(
  answers: number[] = [],
): Promise<{ url: string; received: ReceivedCallback[] }> {
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
