import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createPayoutClient, type PayloadKeys } from '../../client/index.js';
import { holdPort } from '../../embedded/free-port.js';
import { all2payControl } from '../../simulators/index.js';
import { ensureBuilt } from '../support/built.js';
import { aPayout } from '../support/engine.js';
import { tempDir } from '../support/temp-dir.js';
import { startCommand } from '../support/worker-process.js';

interface Up {
  temporalAddress: string;
  sealingPublicKeys: { keys: [] };
  simulatorUrl: string;
  fingerprintKey: string;
  payloadKeys: PayloadKeys;
}

it('a killed `payouts up` takes everything up again at the next start', async () => {
  await ensureBuilt();
  const dataDir = tempDir();
  const accounts = fileURLToPath(new URL('../support/accounts.yaml', import.meta.url));
  const held = await Promise.all([0, 1, 2, 3].map(() => holdPort('127.0.0.1')));
  const ports = held.map(({ port }) => port);
  for (const { release } of held) await release();
  const args = ['up', '--data-dir', dataDir, '--accounts', accounts];
  ['--gateway-port', '--temporal-port', '--ui-port', '--codec-port'].forEach((flag, i) =>
    args.push(flag, String(ports[i])),
  );
  const readUp = (): Up => JSON.parse(readFileSync(join(dataDir, 'up.json'), 'utf8')) as Up;
  const connect = ({ temporalAddress, sealingPublicKeys, fingerprintKey, payloadKeys }: Up) =>
    createPayoutClient({
      address: temporalAddress,
      sealing: { publicKeys: sealingPublicKeys },
      fingerprintKey: Buffer.from(fingerprintKey, 'base64'),
      payloadKeys,
    });

  let up = startCommand(args, {});
  await up.says(/The payout engine is up/, 120_000);
  const before = await connect(readUp());
  // Pending for 30 s at the provider: still on their way when the process dies.
  const requests = Array.from({ length: 6 }, (_, i) =>
    aPayout({ account: 'acme-a2p-resend', amount: { minor: 200_007 + i * 1_000, currency: 'RUB' } }),
  );
  const created = await Promise.all(requests.map((request) => before.create(request)));
  expect(created.map(({ status }) => status)).toEqual(requests.map(() => 'processing'));
  const done = await before.create(aPayout({ account: 'acme-a2p-resend' }));
  expect(done.status).toBe('succeeded');
  await up.crash();
  await before.close();

  up = startCommand(args, {});
  await up.says(/The payout engine is up/, 120_000);
  const again = readUp();
  const after = await connect(again);
  expect((await after.get(done)).status).toBe('succeeded');
  const settled = await Promise.all(requests.map((request) => after.wait(request, { timeoutMs: 120_000 })));
  expect(settled.map(({ status }) => status)).toEqual(requests.map(() => 'succeeded'));
  const { totals } = await all2payControl(again.simulatorUrl.replace('/payouts/api/v2', '/sim')).ledger();
  expect(totals).toMatchObject({ bookings: requests.length + 1, bookedTwice: 0 });
  await after.close();
  await up.stop();
}, 300_000);
