import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startPocketPaySimulator } from '../../examples/own-provider/simulator/server.js';
import { freePort } from '../../embedded/free-port.js';
import { tempDir } from '../support/temp-dir.js';
import { startCommand } from '../support/worker-process.js';
import { installedCopy } from './installed-copy.js';

const run = promisify(execFile);
const inExample = (file: string): string =>
  fileURLToPath(new URL(`../../examples/own-provider/${file}`, import.meta.url));
const ACCOUNTS = inExample('accounts.yaml');
const SECRETS = {
  POCKET_PAY_SECRET: 'simulated-wallet-secret',
  POCKET_PAY_CALLBACK_SECRET: 'simulated-callback-secret',
};

it('a provider is added by its folder and one line of the registry, and pays through the whole engine', async () => {
  const copy = await installedCopy();
  const gatewayPort = await freePort('127.0.0.1');
  const simulator = await startSimulator(gatewayPort);
  const env = { ...SECRETS, POCKET_PAY_BASE_URL: simulator.baseUrl };
  const payouts = (...args: string[]): Promise<{ stdout: string }> =>
    run(process.execPath, [copy.main, ...args], { env: { ...process.env, ...env } });

  copy.addFolder();
  await expect(payouts('accounts', 'check', ACCOUNTS)).rejects.toThrow(/pocket_pay/);
  copy.register();
  expect((await payouts('accounts', 'check', ACCOUNTS)).stdout).toContain('pocket');

  const dataDir = tempDir();
  const ports = ['--gateway-port', String(gatewayPort)];
  for (const flag of ['--temporal-port', '--ui-port', '--codec-port'])
    ports.push(flag, String(await freePort('127.0.0.1')));
  const up = startCommand(['up', '--data-dir', dataDir, '--accounts', ACCOUNTS, ...ports], env, copy.main);
  onTestFinished(() => up.crash());
  await up.says(/The payout engine is up/, 120_000);

  const create = [
    'create',
    '--json-input',
    inExample('payout.json'),
    '--wait',
    '--json',
    '--data-dir',
    dataDir,
  ];
  const first = JSON.parse((await payouts(...create)).stdout) as Record<string, unknown>;
  expect(first).toMatchObject({ status: 'succeeded', account: 'pocket' });
  const again = JSON.parse((await payouts(...create)).stdout) as Record<string, unknown>;
  expect(again['orderId']).toBe(first['orderId']);

  const id = String(first['orderId']);
  expect(simulator.books.bookings(id)).toEqual([expect.objectContaining({ amount: 2_503 })]);
  expect(first['reference']).toBe(simulator.books.bookings(id)[0]?.reference);
  // The callback is a proof (accounts.yaml), and came before the first poll: nobody had to ask.
  expect(simulator.books.arrived(id)).toEqual({ money: 1, status: 0 });
}, 300_000);

async function startSimulator(gatewayPort: number) {
  const url = `http://127.0.0.1:${gatewayPort}/callbacks/pocket`;
  const simulator = await startPocketPaySimulator({
    wallets: {
      'acme-wallet': {
        secret: SECRETS.POCKET_PAY_SECRET,
        currency: 'EUR',
        callback: { url, secret: SECRETS.POCKET_PAY_CALLBACK_SECRET },
      },
    },
    pendingMs: 1_000,
    repeatMs: 300,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}
