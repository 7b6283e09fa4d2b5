import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../providers/registry.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NAMES = new RegExp(PROVIDERS.map(({ name }) => name.replace('_', '[-_]?')).join('|'), 'i');

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

/** Comments may say where a fact comes from. */
function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/(^|\s)\/\/ .*$/gm, '');
}

describe('what leads payouts and payments names no provider', () => {
  it.each(['domain', 'workflows', 'activities', 'journal', 'client', 'gateway', 'batch'])('%s', (folder) => {
    const files = filesOf(folder);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => NAMES.test(codeOf(file)))).toEqual([]);
  });

  it('would notice one', () => {
    expect(codeOf(join('providers', 'payneteasy', 'index.ts'))).toMatch(NAMES);
  });
});
