import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { licencesText, unaccepted } from '../../scripts/supply-chain/licences.js';
import { lockedPackages } from '../../scripts/supply-chain/packages.js';

describe('Licences of packages', () => {
  it('docs/licences.md says what package-lock.json says (else: npm run licences)', () => {
    expect(readFileSync('docs/licences.md', 'utf8')).toBe(licencesText(lockedPackages()));
  });

  it('are all accepted; one that nobody has read is refused', () => {
    expect(unaccepted(lockedPackages())).toEqual([]);
    const planted = lockedPackages({
      packages: {
        '': {},
        'node_modules/free': { version: '1.0.0', license: 'MIT' },
        'node_modules/a/node_modules/@b/strict': { version: '2.0.0', license: 'AGPL-3.0-only', dev: true },
        'node_modules/silent': { version: '3.0.0', hasInstallScript: true },
      },
    });
    expect(unaccepted(planted).map(({ name }) => name)).toEqual(['@b/strict', 'silent']);
    expect(licencesText(planted)).toContain('- silent 3.0.0\n');
  });
});

it('No package runs code when it is installed, here or in the image', () => {
  expect(readFileSync('.npmrc', 'utf8')).toContain('ignore-scripts=true');
  expect(readFileSync('Dockerfile', 'utf8')).toMatch(/COPY [^\n]*\.npmrc[^\n]*\nRUN npm ci/);
});
