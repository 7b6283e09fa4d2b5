import { readFileSync } from 'node:fs';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().default(''),
      license: z.string().optional(),
      dev: z.boolean().default(false),
      hasInstallScript: z.boolean().default(false),
    }),
  ),
});

/** Where package-lock.json names no licence although the package has one: read in its LICENSE file. */
const UNSTATED: Readonly<Record<string, string>> = { unionfs: 'Unlicense' };

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX. Absent: nobody says. */
  readonly licence?: string | undefined;
  /** The product runs it; otherwise its developers alone. */
  readonly shipped: boolean;
  /** It would run a script of its own when it is installed. */
  readonly hasInstallScript: boolean;
}

/** Every package of package-lock.json, for all platforms. */
export function lockedPackages(
  lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8')),
): readonly LockedPackage[] {
  return Object.entries(lockSchema.parse(lock).packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev, hasInstallScript }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version, licence: license ?? UNSTATED[name], shipped: !dev, hasInstallScript };
    })
    .sort((a, b) => order(a.name, b.name) || order(a.version, b.version));
}

function order(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
