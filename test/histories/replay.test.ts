import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../support/built.js';

const folder = new URL('.', import.meta.url);
const histories = readdirSync(folder).filter((name) => name.endsWith('.json'));
const codePath = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));

beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
  await ensureBuilt();
});

describe('recorded histories', () => {
  it('cover every kind of ending', () => {
    for (const ending of ['success-by-poll', 'success-by-callback', 'redirect', 'expiry', 'decline', 'review-resolved', 'three-ds-on-source', 'stored-source-card', 'payment-by-poll', 'payment-by-callback', 'operation-proven-by-status']) {
      expect(histories.some((name) => name.includes(ending)), ending).toBe(true);
    }
  });

  it.each(histories)('%s replays on the present code', async (name) => {
    const recorded: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    await Worker.runReplayHistory({ workflowBundle: { codePath } }, historyFromJSON(recorded));
  });

  it('a changed history does not: the check can fail', async () => {
    const name = histories.find((one) => one.includes('success-by-poll')) ?? '';
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('"takeStep"', '"anotherActivity"');
    const replayed = Worker.runReplayHistory({ workflowBundle: { codePath } }, historyFromJSON(JSON.parse(text)));
    await expect(replayed).rejects.toThrow(/[Nn]ondeterminism/);
  });
});
