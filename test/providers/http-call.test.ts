import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { STOP_HOLDS_WITHIN_MS } from '../../domain/stop.js';
import { createHttpCall, type HttpCallOptions, type HttpRequest } from '../../providers/http-call.js';
import { closedPort, listen, playServer, rawServer } from './local-server.js';
import { pastTimeLimit } from './past-time-limit.js';

const PAN = '2200000000000004';
const never = new AbortController().signal;

function post(url: string, connection: HttpRequest['connection'] = 'fresh'): HttpRequest {
  const body = Buffer.from(JSON.stringify({ password: 'hunter2', target: { pan: PAN } }));
  return { method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body, connection };
}

function call(options: Partial<HttpCallOptions> = {}) {
  return createHttpCall({ connectTimeoutMs: 60_000, timeoutMs: 60_000, ...options });
}

const reset = (socket: net.Socket): void => void socket.resetAndDestroy();

describe('an answer', () => {
  it('comes back with status, headers and bytes; the request leaves byte for byte', async () => {
    const { origin, seen } = await playServer(() => ({
      status: 502,
      headers: { 'Content-Type': 'text/html', 'X-One': '1' },
      body: Buffer.from([0xff, 0x00, 0x7b]),
    }));
    const body = Buffer.from('{ "a" : 1e3,  "имя":"Ёж" }', 'utf8');
    const answer = await call()({ ...post(`${origin}/x`), body }, never);
    expect(answer).toMatchObject({ kind: 'response', status: 502, headers: { 'x-one': '1' } });
    expect(answer.kind === 'response' && [...answer.body]).toEqual([0xff, 0x00, 0x7b]);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toBe(body.toString('utf8'));
    expect(seen[0]?.headers['content-length']).toBe(String(body.length));
  });

  it('is not followed when it redirects', async () => {
    const { origin, seen } = await playServer(() => ({ status: 307, headers: { Location: '/elsewhere' } }));
    expect(await call()(post(`${origin}/x`), never)).toMatchObject({ kind: 'response', status: 307 });
    expect(seen.map(({ url }) => url)).toEqual(['/x']);
  });

  it('does not go through a proxy of the environment', async () => {
    const proxy = await playServer(() => ({ status: 200 }));
    const { origin } = await playServer(() => ({ status: 204 }));
    const before = process.env['HTTP_PROXY'];
    process.env['HTTP_PROXY'] = proxy.origin;
    onTestFinished(() => {
      if (before === undefined) delete process.env['HTTP_PROXY'];
      else process.env['HTTP_PROXY'] = before;
    });
    expect(await call()(post(`${origin}/x`), never)).toMatchObject({ kind: 'response', status: 204 });
    expect(proxy.seen).toHaveLength(0);
  });
});

describe('not sent: proof that nothing left', () => {
  it('a refused connection', async () => {
    const answer = await call()(post(`http://127.0.0.1:${await closedPort()}/x`), never);
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'ECONNREFUSED' });
  });

  it('a refused connection on every address of a name (happy eyeballs)', async () => {
    const answer = await call()(post(`http://localhost:${await closedPort()}/x`), never);
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'ECONNREFUSED' });
  });

  it('an unknown host name', async () => {
    const answer = await call()(post('http://no-such-host.invalid/x'), never);
    expect(answer.kind).toBe('not_sent');
    expect(answer.kind === 'not_sent' && answer.code).toMatch(/^(ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT)$/);
  });

  it('a connection that does not come about in time', async () => {
    // TCP connects, the TLS handshake never ends.
    const port = await rawServer(() => undefined);
    const answer = await call({ connectTimeoutMs: 100 })(post(`https://127.0.0.1:${port}/x`), never);
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'CONNECT_TIMEOUT' });
  });

  it('a connection of a money request that takes longer than a stop may be overtaken, whatever is configured', async () => {
    let connections = 0;
    const port = await rawServer(() => (connections += 1));
    const ask = call({ connectTimeoutMs: 10_000, timeoutMs: 20_000 });
    const answer = await pastTimeLimit(
      STOP_HOLDS_WITHIN_MS - 1,
      () => ask(post(`https://127.0.0.1:${port}/x`), never),
      () => connections === 1,
    );
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'CONNECT_TIMEOUT' });
  });

  it('a connection that stands, but too late: the process stood still meanwhile', async () => {
    let received = 0;
    const port = await rawServer((socket) => socket.on('data', () => (received += 1)));
    const asked = call({ connectTimeoutMs: 100 })(post(`http://127.0.0.1:${port}/x`), never);
    // Long enough to have begun connecting, too short to have heard of it.
    await Promise.resolve();
    await new Promise((resolve) => process.nextTick(resolve));
    const until = performance.now() + 150;
    while (performance.now() < until);
    expect(await asked).toMatchObject({ kind: 'not_sent', code: 'CONNECT_TIMEOUT' });
    expect(received).toBe(0);
  });

  it('a peer that hangs up during the TLS handshake, or speaks no TLS', async () => {
    const resetting = await rawServer(reset);
    expect(await call()(post(`https://127.0.0.1:${resetting}/x`), never)).toMatchObject({ kind: 'not_sent' });
    const ending = await rawServer((socket) => socket.end());
    expect(await call()(post(`https://127.0.0.1:${ending}/x`), never)).toMatchObject({ kind: 'not_sent' });
    const plain = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await call()(post(`https://127.0.0.1:${plain}/x`), never)).toMatchObject({ kind: 'not_sent' });
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('a certificate that nobody vouches for (%s)', async (version) => {
    const { port, received } = await tlsServer(version);
    const answer = await call()(post(`https://127.0.0.1:${port}/x`), never);
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(received()).toBe('');
  });

  it('a signal that was aborted before, or while the connection was being made', async () => {
    const port = await rawServer(() => undefined);
    const stop = new AbortController();
    const answer = call()(post(`https://127.0.0.1:${port}/x`), stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect(await answer).toMatchObject({ kind: 'not_sent', code: 'ABORTED' });
    expect(await call()(post('http://127.0.0.1:1/x'), stop.signal)).toMatchObject({ code: 'ABORTED' });
  });
});

describe('unknown: anything that breaks once there was a connection', () => {
  it('a reset before any answer', async () => {
    const port = await rawServer((socket) => socket.once('data', () => reset(socket)));
    const answer = await call()(post(`http://127.0.0.1:${port}/x`), never);
    expect(answer).toMatchObject({ kind: 'unknown', code: 'ECONNRESET' });
  });

  it('a reset before the request was read', async () => {
    const port = await rawServer((socket) => setTimeout(() => reset(socket.pause()), 20));
    expect(await call()(post(`http://127.0.0.1:${port}/x`), never)).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['reset', (socket: net.Socket) => setTimeout(() => reset(socket), 20)],
    ['closed', (socket: net.Socket) => setTimeout(() => socket.end(), 20)],
  ])('an answer cut off in its body (%s)', async (_how, finish) => {
    const port = await rawServer((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"errorCode":"0"');
        finish(socket);
      }),
    );
    expect(await call()(post(`http://127.0.0.1:${port}/x`), never)).toMatchObject({ kind: 'unknown' });
  });

  it('no answer in time', async () => {
    let received = 0;
    const port = await rawServer((socket) => socket.on('data', () => (received += 1)));
    const ask = call({ timeoutMs: 5_000 });
    const answer = await pastTimeLimit(
      5_000,
      () => ask(post(`http://127.0.0.1:${port}/x`), never),
      () => received > 0,
    );
    expect(answer).toMatchObject({ kind: 'unknown', code: 'TIMEOUT' });
  });

  it('a signal aborted while waiting for the answer', async () => {
    const stop = new AbortController();
    const port = await rawServer((socket) => socket.once('data', () => stop.abort()));
    const answer = await call()(post(`http://127.0.0.1:${port}/x`), stop.signal);
    expect(answer).toMatchObject({ kind: 'unknown', code: 'ABORTED' });
  });

  it('an answer that is too long', async () => {
    const { origin } = await playServer(() => ({ body: 'x'.repeat(2_000) }));
    const answer = await call({ maxResponseBytes: 1_000 })(post(`${origin}/x`), never);
    expect(answer).toMatchObject({ kind: 'unknown', code: 'RESPONSE_TOO_LARGE' });
  });

  it('what is no HTTP at all', async () => {
    const port = await rawServer((socket) => socket.once('data', () => socket.end('SMTP ready\r\n\r\n')));
    expect(await call()(post(`http://127.0.0.1:${port}/x`), never)).toMatchObject({ kind: 'unknown' });
  });

  it('a reset on a connection that was used before', async () => {
    let connections = 0;
    const port = await rawServer((socket) => {
      connections += 1;
      let requests = 0;
      socket.on('data', () => {
        requests += 1;
        if (requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
        else reset(socket);
      });
    });
    const pooled = call();
    const url = `http://127.0.0.1:${port}/x`;
    expect(await pooled(post(url, 'pooled'), never)).toMatchObject({ kind: 'response' });
    expect(await pooled(post(url, 'pooled'), never)).toMatchObject({ kind: 'unknown' });
    expect(connections).toBe(1);
  });
});

describe('connections', () => {
  it('a request that could move money has one of its own', async () => {
    let connections = 0;
    const port = await rawServer((socket) => {
      connections += 1;
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
    });
    const fresh = call();
    for (let i = 0; i < 3; i += 1) await fresh(post(`http://127.0.0.1:${port}/x`), never);
    expect(connections).toBe(3);
  });

  it('https works where the certificate is vouched for', async () => {
    const { port, ca, received } = await tlsServer('TLSv1.3');
    const answer = await call({ ca })(post(`https://127.0.0.1:${port}/x`), never);
    expect(answer).toMatchObject({ kind: 'response', status: 200 });
    expect(received()).toContain(PAN);
  });
});

it('no failure repeats what was sent', async () => {
  const resetting = await rawServer((socket) => socket.once('data', () => reset(socket)));
  const answers = await Promise.all([
    call()(post(`http://127.0.0.1:${resetting}/x`), never),
    call()(post(`http://127.0.0.1:${await closedPort()}/x`), never),
    call()(post('not a url'), never),
  ]);
  expect(answers.map(({ kind }) => kind)).toEqual(['unknown', 'not_sent', 'not_sent']);
  expect(JSON.stringify(answers)).not.toMatch(/hunter2|220000/);
});

/** Answers every request with an empty 200; its certificate is its own authority. */
async function tlsServer(version: tls.SecureVersion) {
  const dir = mkdtempSync(join(tmpdir(), 'http-call-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-days', '2', ...subject],
    {
      stdio: 'ignore',
    },
  );
  let received = '';
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  const server = tls.createServer({ ...pair, minVersion: version, maxVersion: version }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1');
      if (received.includes('}'))
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  });
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  onTestFinished(() => void server.close());
  return { port, ca: pair.cert.toString('utf8'), received: () => received };
}
