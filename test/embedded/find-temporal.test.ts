import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findTemporal, TEMPORAL_CLI_VERSION, type FindOptions } from '../../embedded/find-temporal.js';
import type { TemporalSearch } from '../../embedded/temporal-search.js';
import { tempDir } from '../support/temp-dir.js';
import { countingInstaller, failing, fakeTemporal, script } from './fake-binaries.js';

function searchIn(root: string, changes: Partial<TemporalSearch> = {}): TemporalSearch {
  return {
    searchPath: [join(root, 'bin')],
    cacheDir: join(root, 'cache'),
    childEnv: (additions) => ({ PATH: '/usr/bin:/bin', ...additions }),
    ...changes,
  };
}
const cacheOf = (root: string): string => join(root, 'cache/temporal', TEMPORAL_CLI_VERSION);
const nothing: FindOptions = { installers: { download: failing('offline'), go: failing('no go') } };

test('the ways are taken in their order', async () => {
  const root = tempDir();
  const cliPath = fakeTemporal(join(root, 'named'), 'named');
  fakeTemporal(join(root, 'bin/temporal'), 'on-path');
  fakeTemporal(join(cacheOf(root), 'temporal'), 'cached');
  const found = (changes: Partial<TemporalSearch>): Promise<unknown> =>
    findTemporal(searchIn(root, changes), nothing);

  expect(await found({ address: 'h:7233', cliPath })).toEqual({ kind: 'address', address: 'h:7233' });
  expect(await found({ cliPath })).toMatchObject({ way: 'TEMPORAL_CLI_PATH', path: cliPath });
  expect(await found({})).toMatchObject({
    way: 'PATH',
    version: expect.stringContaining('on-path') as string,
  });
  expect(await found({ searchPath: [] })).toMatchObject({
    way: 'cache',
    path: join(cacheOf(root), 'temporal'),
  });
});

test('what is on PATH but cannot be used is passed over', async () => {
  const root = tempDir();
  script(join(root, 'broken/temporal'), 'exit 3');
  script(join(root, 'other/temporal'), 'echo "temporal, a calendar"');
  fakeTemporal(join(root, 'old/temporal'), 'old', '1.24.2');
  fakeTemporal(join(root, 'good/temporal'), 'good');
  const searchPath = ['absent', 'broken', 'other', 'old', 'good'].map((name) => join(root, name));
  const found = await findTemporal(searchIn(root, { searchPath }), nothing);
  expect(found).toMatchObject({ way: 'PATH', path: join(root, 'good/temporal') });
});

test('the download fills the cache, and is not repeated', async () => {
  const root = tempDir();
  const download = countingInstaller('downloaded');
  const lines: string[] = [];
  const options: FindOptions = {
    installers: { download, go: failing('no') },
    onProgress: (line) => lines.push(line),
  };
  const target = join(cacheOf(root), 'temporal');
  expect(await findTemporal(searchIn(root), options)).toMatchObject({ way: 'download', path: target });
  expect(await findTemporal(searchIn(root), options)).toMatchObject({ way: 'cache', path: target });
  expect(download.calls()).toBe(1);
  expect(lines).toEqual(['getting downloaded']);
  expect(readdirSync(cacheOf(root))).toEqual(['temporal']);
});

test('without a download, Go builds it', async () => {
  const root = tempDir();
  const go = countingInstaller('built');
  const found = await findTemporal(searchIn(root), { installers: { download: failing('offline'), go } });
  expect(found).toMatchObject({ way: 'go', version: expect.stringContaining('built') as string });
});

test('several at once: one gets it, the others wait and take it', async () => {
  const root = tempDir();
  const download = countingInstaller('downloaded', 300);
  const options: FindOptions = { installers: { download, go: failing('no') } };
  const found = await Promise.all([1, 2, 3].map(() => findTemporal(searchIn(root), options)));
  expect(new Set(found.map((one) => one.kind === 'binary' && one.path)).size).toBe(1);
  expect(download.calls()).toBe(1);
});

test('a lock and a half file of a process that died hold up nobody', async () => {
  const root = tempDir();
  fakeTemporal(join(cacheOf(root), '.install-dead/half'), 'half');
  writeFileSync(join(cacheOf(root), '.installing'), '999999999');
  const options: FindOptions = { installers: { download: countingInstaller('x'), go: failing('no') } };
  expect(await findTemporal(searchIn(root), options)).toMatchObject({ way: 'download' });
  expect(readdirSync(cacheOf(root))).toEqual(['temporal']);
});

describe('when there is none', () => {
  test('the error names every way, what was tried and why it failed', async () => {
    const root = tempDir();
    script(join(root, 'bin/temporal'), 'exit 3');
    const error: unknown = await findTemporal(searchIn(root), nothing).catch((reason: unknown) => reason);
    expect(String(error)).toBe(
      [
        'NoTemporalError: There is no Temporal server to use and none to start. Tried, in this order:',
        '  1. TEMPORAL_ADDRESS: is not set',
        '  2. TEMPORAL_CLI_PATH: is not set',
        `  3. "temporal" on PATH: ${root}/bin/temporal does not run (exit code 3)`,
        `  4. our cache: ${cacheOf(root)}/temporal does not exist`,
        "  5. the SDK's download: offline",
        `  6. go install github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_VERSION}: no go`,
        'Any one of these helps: start a Temporal server and set TEMPORAL_ADDRESS=host:port; install the Temporal CLI ' +
          '(docs.temporal.io/cli) and put it on PATH or name it by TEMPORAL_CLI_PATH; connect this machine to the ' +
          'internet; or install Go (go.dev), by which we build it.',
      ].join('\n'),
    );
  });

  test('a binary that was named and does not do is not replaced in silence', async () => {
    const root = tempDir();
    fakeTemporal(join(root, 'bin/temporal'), 'on-path');
    const finding = findTemporal(searchIn(root, { cliPath: '/nowhere/temporal' }), nothing);
    await expect(finding).rejects.toThrow('TEMPORAL_CLI_PATH: /nowhere/temporal does not exist; unset it');
  });

  test('a spoilt cache is named', async () => {
    const root = tempDir();
    script(join(cacheOf(root), 'temporal'), 'exit 1');
    await expect(findTemporal(searchIn(root), nothing)).rejects.toThrow(`Remove ${cacheOf(root)}/temporal`);
  });

  test('what came and does not run is not kept', async () => {
    const root = tempDir();
    const bad: FindOptions['installers'] = {
      download: async ({ folder }) => ({ ok: true, path: script(join(folder, 'x'), 'exit 1') }),
      go: failing('no go'),
    };
    const finding = findTemporal(searchIn(root), { installers: bad });
    await expect(finding).rejects.toThrow("the SDK's download: what came does not run (exit code 1)");
    expect(readdirSync(cacheOf(root))).toEqual([]);
  });
});
