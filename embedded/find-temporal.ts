import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkBinary } from './check-binary.js';
import { GO_PACKAGE, installByGo } from './go-install.js';
import { install, type Installer } from './install-temporal.js';
import { downloadBySdk } from './sdk-download.js';
import { NoTemporalError, type TriedWay } from './no-temporal-error.js';
import type { TemporalSearch } from './temporal-search.js';

/** The version that we test with, download and build. */
export const TEMPORAL_CLI_VERSION = '1.5.1';

export type FoundTemporal =
  /** A server that runs already (TEMPORAL_ADDRESS). */
  | { readonly kind: 'address'; readonly address: string }
  | {
      readonly kind: 'binary';
      readonly path: string;
      /** What it says of itself. */
      readonly version: string;
      readonly way: 'TEMPORAL_CLI_PATH' | 'PATH' | 'cache' | 'download' | 'go';
    };

export interface FindOptions {
  /** A line for the person who waits; every few seconds while something is fetched or built. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Default: `TEMPORAL_CLI_VERSION`. */
  readonly version?: string | undefined;
  /** How to get a binary that is nowhere yet. Default: the SDK's download, then Go. */
  readonly installers?: { readonly download: Installer; readonly go: Installer } | undefined;
}

const EXE = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * Finds Temporal, or gets it: TEMPORAL_ADDRESS, TEMPORAL_CLI_PATH, `temporal` on PATH, our cache, the SDK's download,
 * `go install`. The last two fill the cache.
 *
 * @throws NoTemporalError that names every way and why it failed.
 * @example
 * const found = await findTemporal(readTemporalSearch(), { onProgress: console.error });
 */
export async function findTemporal(
  search: TemporalSearch,
  options: FindOptions = {},
): Promise<FoundTemporal> {
  const { version = TEMPORAL_CLI_VERSION, installers = { download: downloadBySdk, go: installByGo } } =
    options;
  const onProgress = options.onProgress ?? (() => undefined);
  if (search.address !== undefined) return { kind: 'address', address: search.address };
  const tried: TriedWay[] = [{ way: 'TEMPORAL_ADDRESS', why: 'is not set' }];

  if (search.cliPath !== undefined) {
    const check = await checkBinary(search.cliPath);
    if (check.ok) return binary(search.cliPath, check.version, 'TEMPORAL_CLI_PATH');
    // Whoever names a binary wants that one: taking another in silence would be no help.
    throw new NoTemporalError([
      ...tried,
      { way: 'TEMPORAL_CLI_PATH', why: `${search.cliPath} ${check.why}; unset it to try the other ways` },
    ]);
  }
  tried.push({ way: 'TEMPORAL_CLI_PATH', why: 'is not set' });

  const onPath = search.searchPath.map((folder) => join(folder, EXE)).filter((file) => existsSync(file));
  for (const file of onPath) {
    const check = await checkBinary(file);
    if (check.ok) return binary(file, check.version, 'PATH');
    tried.push({ way: '"temporal" on PATH', why: `${file} ${check.why}` });
  }
  if (onPath.length === 0) tried.push({ way: '"temporal" on PATH', why: 'there is none' });

  const cached = join(search.cacheDir, 'temporal', version, EXE);
  const check = await checkBinary(cached);
  if (check.ok) return binary(cached, check.version, 'cache');
  tried.push({ way: 'our cache', why: `${cached} ${check.why}` });
  if (existsSync(cached)) throw new NoTemporalError(tried, `Remove ${cached}, so that it is fetched again.`);

  for (const way of ['download', 'go'] as const) {
    const result = await install(cached, installers[way], { version, search, onProgress }).catch(failure);
    const installed = result.ok ? await checkBinary(cached) : result;
    if (installed.ok) return binary(cached, installed.version, way);
    tried.push({
      way: way === 'go' ? `go install ${GO_PACKAGE}@v${version}` : "the SDK's download",
      why: installed.why,
    });
  }
  throw new NoTemporalError(tried);
}

function binary(
  path: string,
  version: string,
  way: (FoundTemporal & { kind: 'binary' })['way'],
): FoundTemporal {
  return { kind: 'binary', path, version, way };
}

/** An unwritable cache, a full disk: a reason like any other. */
function failure(error: unknown): { readonly ok: false; readonly why: string } {
  return { ok: false, why: error instanceof Error ? error.message : String(error) };
}
