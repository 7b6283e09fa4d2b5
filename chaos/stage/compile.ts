import { basename, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const CACHE = new URL('../../node_modules/.cache/payout-engine/', import.meta.url);

/**
 * One of our programs as JavaScript, for processes that are started hundreds of times: compiled at every start, each
 * would cost twice the processor time of the product's own.
 *
 * @param entry path of a TypeScript file two folders below the root, like all that it imports of `chaos/`
 * @returns the path of what Node can run
 */
export async function compile(entry: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`${basename(dirname(entry))}-${basename(entry, '.ts')}.mjs`, CACHE));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    // Where the built product lies is said relative to the source.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(entry).href) },
  });
  return outfile;
}
