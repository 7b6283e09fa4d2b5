import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountId, OrderId } from '../../domain/ids.js';
import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import { freePort } from '../../embedded/free-port.js';
import type { PayoutProvider } from '../../providers/port.js';
import { loadAccounts } from '../../workers/load-accounts.js';
import { createLog } from '../../workers/log.js';
import { providerWatch } from '../../workers/provider-watch.js';
import { installRuntime } from '../../workers/runtime.js';

/** What the provider says next. */
let answer = { status: 200, body: {} };
let server: Server;
let metricsUrl: string;
let provider: PayoutProvider;
const folder = mkdtempSync(join(tmpdir(), 'payouts-test-'));
const logFile = join(folder, 'log');

beforeAll(async () => {
  server = createServer((_request, response) => {
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const file = join(folder, 'accounts.yaml');
  const settings = { baseUrl: `http://127.0.0.1:${port}`, userName: 'u', password: { env: 'PW' } };
  writeFileSync(file, JSON.stringify({ accounts: { watched: { provider: 'all2pay', settings } } }));

  const metrics = `127.0.0.1:${await freePort('127.0.0.1')}`;
  metricsUrl = `http://${metrics}/metrics`;
  const log = createLog({ file: logFile });
  const { accounts } = loadAccounts(file, providerWatch(log, installRuntime(log, metrics)), {
    PW: 'hunter2',
  });
  const opened = accounts.get('watched' as AccountId);
  if (opened?.provider.kind !== 'payout') throw new Error('the account is not there');
  provider = opened.provider;
});
afterAll(async () => {
  server.close();
  await Runtime.instance().shutdown();
  rmSync(folder, { recursive: true, force: true });
});

async function status(): Promise<void> {
  await provider.status(
    {
      orderId: 'po1' as OrderId,
      amount: { minor: 100, currency: 'RUB' },
      withheld: [],
      request: {} as SealedPayoutRequest,
      acceptedAt: '2026-02-03T09:59:59.000Z',
    },
    AbortSignal.timeout(60_000),
  );
}

/** What Prometheus reads; undefined while there is no such line. */
async function counted(name: string, labels: Record<string, string>): Promise<number | undefined> {
  const text = await (await fetch(metricsUrl)).text();
  const line = text
    .split('\n')
    .find(
      (one) =>
        one.startsWith(`${name}{`) &&
        Object.entries(labels).every(([key, value]) => one.includes(`${key}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

it('counts answers that the adapter has no words for, beside Temporal’s own metrics', async () => {
  answer = { status: 418, body: { errorCode: '4711', errorMessage: 'Out of tea' } };
  await status();
  await status();
  const labels = { account: 'watched', provider: 'all2pay', call: 'status', what: 'error' };
  await expect.poll(() => counted('payouts_provider_unmapped_answers_total', labels)).toBe(2);
  await expect.poll(() => readFileSync(logFile, 'utf8')).toContain('4711');
});

it('counts refused logins, and logs them without the password', async () => {
  answer = { status: 401, body: { errorCode: '90', errorMessage: 'User not authenticated' } };
  await status();
  const labels = { account: 'watched', provider: 'all2pay' };
  await expect.poll(() => counted('payouts_provider_login_refused_total', labels)).toBe(1);
  await expect.poll(() => readFileSync(logFile, 'utf8')).toContain('refuses our login');
  expect(readFileSync(logFile, 'utf8')).not.toContain('hunter2');
});
