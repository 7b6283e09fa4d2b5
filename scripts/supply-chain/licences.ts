/**
 * Writes docs/licences.md: the licence of every package in package-lock.json, and which packages would run a script when
 * they are installed. Fails on a licence that nobody has looked at.
 *
 *     npm run licences
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { lockedPackages, type LockedPackage } from './packages.js';

const FILE = 'docs/licences.md';

/** Read: none asks that our own source be published. MPL-2.0 asks it of changes to its own files, which we make none of. */
const ACCEPTED: ReadonlySet<string | undefined> = new Set([
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Unlicense',
]);

/** Packages by whose licence nobody has decided yet. */
export function unaccepted(packages: readonly LockedPackage[]): readonly LockedPackage[] {
  return packages.filter(({ licence }) => !ACCEPTED.has(licence));
}

/** docs/licences.md as it should be. */
export function licencesText(packages: readonly LockedPackage[]): string {
  const shipped = packages.filter((each) => each.shipped);
  const scripts = packages
    .filter(({ hasInstallScript }) => hasInstallScript)
    .map(({ name, version, shipped: ships }) => `- ${name} ${version}${ships ? '' : ' (developers only)'}`);
  return `# Licences

Made from \`package-lock.json\` by \`npm run licences\`; a test checks it, and refuses a licence that nobody has looked at
(\`scripts/supply-chain/licences.ts\`). The bill of materials, with hashes: \`npm run sbom\`.

## What the product runs

${shipped.length} packages, those for other platforms included.

${listOf(shipped)}

## What only its developers run

${listOf(packages.filter((each) => !each.shipped))}

## Install scripts

\`.npmrc\` has \`ignore-scripts=true\`, so none of these is run, and nothing here needs it:

${scripts.join('\n')}
`;
}

function listOf(packages: readonly LockedPackage[]): string {
  const byLicence = new Map<string, Set<string>>();
  for (const { name, version, licence = 'none stated' } of packages) {
    const names = byLicence.get(licence) ?? new Set();
    byLicence.set(licence, names.add(`${name} ${version}`));
  }
  return [...byLicence]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, names]) => `### ${licence}\n\n${[...names].join(', ')}`)
    .join('\n\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const packages = lockedPackages();
  const unread = unaccepted(packages).map(({ name, licence = 'none stated' }) => `${name} (${licence})`);
  if (unread.length > 0) {
    console.error(
      `Nobody has accepted the licence of ${unread.join(', ')}. Read it, then add it to ACCEPTED.`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(FILE, licencesText(packages));
    console.log(`Wrote ${FILE}: ${packages.length} packages`);
  }
}
