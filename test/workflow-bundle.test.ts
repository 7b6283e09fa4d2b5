import { readFileSync, statSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt, WORKFLOW_BUNDLE } from './support/built.js';

beforeAll(() => ensureBuilt());

it('the workflow bundle stays small: every cached workflow pays for it', () => {
  expect(statSync(WORKFLOW_BUNDLE).size).toBeLessThanOrEqual(1.8 * 1024 * 1024);
});

it('the workflow bundle holds only deterministic code of ours and the SDK', () => {
  const code = readFileSync(WORKFLOW_BUNDLE, 'utf8');
  const map = /sourceMappingURL=data:application\/json;[^,]*,([A-Za-z0-9+/=]+)/.exec(code)?.[1] ?? '';
  const { sources } = JSON.parse(Buffer.from(map, 'base64').toString()) as { sources: string[] };
  expect(sources.length).toBeGreaterThan(10);
  const foreign = sources.filter((source) =>
    /node_modules\/(?!@temporalio|long|nexus-rpc|ms\b|@protobufjs|protobufjs)/.test(source),
  );
  expect(foreign).toEqual([]);
  for (const name of ['zod', 'axios', 'winston', 'kysely', 'fastify']) {
    expect(sources.filter((source) => source.includes(`/${name}/`))).toEqual([]);
  }
  expect(sources.some((source) => source.includes('workflows/payout.ts'))).toBe(true);
});
