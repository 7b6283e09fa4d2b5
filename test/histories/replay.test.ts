import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { generatePayloadKeys } from '../../secrets/payload-keys.js';
import { ensureBuilt, replayOptions } from '../support/built.js';
import { RECORDED_KEYS } from './recorded-keys.js';

/** As after a rotation: what was recorded under the old key is read, and nothing is encrypted with it any more. */
const ROTATED = { keys: [...generatePayloadKeys().keys, ...RECORDED_KEYS.keys] };

const folder = new URL('.', import.meta.url);
const histories = readdirSync(folder).filter((name) => name.endsWith('.json'));

beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
  await ensureBuilt();
});

describe('recorded histories', () => {
  it('cover every kind of ending', () => {
    for (const ending of ['success-by-poll', 'success-by-callback', 'redirect', 'expiry', 'decline', 'review-resolved', 'review-ended-by-status', 'review-asked-again', 'three-ds-on-source', 'stored-source-card', 'payment-by-poll', 'payment-by-callback', 'operation-proven-by-status']) {
      expect(histories.some((name) => name.includes(ending)), ending).toBe(true);
    }
  });

  it.each(histories)('%s replays on the present code', async (name) => {
    const recorded: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    await Worker.runReplayHistory(replayOptions(ROTATED), historyFromJSON(recorded));
  });

  it('a changed history does not: the check can fail', async () => {
    const name = histories.find((one) => one.includes('success-by-poll')) ?? '';
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('"takeStep"', '"anotherActivity"');
    const replayed = Worker.runReplayHistory(replayOptions(ROTATED), historyFromJSON(JSON.parse(text)));
    await expect(replayed).rejects.toThrow(/[Nn]ondeterminism/);
  });

  it('an encrypted one without its key fails its task, and no run', async () => {
    const name = histories.find((one) => one.startsWith('v5-success-by-poll')) ?? '';
    const text = readFileSync(new URL(name, folder), 'utf8');
    const replayed = Worker.runReplayHistory(replayOptions(generatePayloadKeys()), historyFromJSON(JSON.parse(text)));
    await expect(replayed).rejects.toThrow(/workflow task failure/);
  });
});
