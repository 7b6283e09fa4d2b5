import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import { packageFile } from './package-file.js';

/**
 * How a person starts us, for every hint that names a command. In a checkout `payouts` is not on the PATH, and `npx
 * payouts` typed one folder too high would run a stranger's package.
 */
export function commandName(options: NameOptions = {}): string {
  return isCheckout(options) ? 'npm run payouts --' : 'payouts';
}

export interface NameOptions {
  /** A file that only a checkout has. @default our own `scripts/setup.mjs` */
  readonly marker?: string | undefined;
}

/** What was published or put into an image has neither sources nor scripts. */
export function isCheckout({ marker = packageFile('scripts', 'setup.mjs') }: NameOptions = {}): boolean {
  return !marker.split(sep).includes('node_modules') && existsSync(marker);
}

/**
 * An example that begins with `payouts`, as it must be typed here. Where its output goes into a file, npm's own lines
 * must not go with it.
 */
export function typedHere(line: string, options: NameOptions = {}): string {
  const name = commandName(options);
  const typed = / > /.test(line) ? name.replace('npm run', 'npm run -s') : name;
  return line.replace(/(^|[ (])payouts /, (_, before: string) => `${before}${typed} `);
}
