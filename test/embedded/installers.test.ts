import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installByGo } from '../../embedded/go-install.js';
import type { InstallJob } from '../../embedded/install-temporal.js';
import { downloadBySdk } from '../../embedded/sdk-download.js';
import { tempDir } from '../support/temp-dir.js';
import { script } from './fake-binaries.js';

function job(root: string, lines: string[] = []): InstallJob {
  mkdirSync(join(root, 'out'));
  return {
    folder: join(root, 'out'),
    version: '1.5.1',
    search: {
      searchPath: [join(root, 'bin')],
      cacheDir: root,
      // A proxy where nobody listens: the download must fail as it does offline, also where there is a network.
      childEnv: (additions) => ({ PATH: '/usr/bin:/bin', HTTPS_PROXY: 'http://127.0.0.1:9', ...additions }),
    },
    onProgress: (line) => lines.push(line),
  };
}

test('Go is asked for our version, into our folder, and the person who waits is told', async () => {
  const root = tempDir();
  const lines: string[] = [];
  script(join(root, 'bin/go'), 'echo "$@" > "$GOBIN/arguments"; touch "$GOBIN/temporal"');
  const { folder, ...rest } = job(root, lines);
  expect(await installByGo({ folder, ...rest })).toEqual({ ok: true, path: join(folder, 'temporal') });
  expect(lines).toEqual(['Building the Temporal CLI with Go (once, about 6 minutes) … 0 s']);
});

test("Go's last words are the reason", async () => {
  const root = tempDir();
  script(join(root, 'bin/go'), 'echo "module not found" >&2; exit 1');
  expect(await installByGo(job(root))).toEqual({ ok: false, why: 'exit code 1: module not found' });
});

test('no Go, no build', async () => {
  expect(await installByGo(job(tempDir()))).toEqual({ ok: false, why: 'there is no "go" on PATH' });
});

test('without a network the download gives up quickly and says so', async () => {
  const started = Date.now();
  const result = await downloadBySdk(job(tempDir()));
  expect(result).toEqual({ ok: false, why: expect.stringMatching(/no network/) as string });
  expect(Date.now() - started).toBeLessThan(15_000);
});
