import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConformance, type ConformanceRun, type Subject } from '../../conformance/index.js';
import { providerSection, sectionsOf } from '../../conformance/report/document.js';
import { resultsOf } from '../../conformance/report/results.js';
import { SUITE } from '../../conformance/scenarios/index.js';
import { SUBJECTS } from '../../conformance/subjects.js';
import { PROVIDERS } from '../../providers/registry.js';
import { ensureBuilt } from '../support/built.js';

const COMMITTED = new URL('../../docs/providers.md', import.meta.url);
/** Far longer than the whole table takes on a busy machine. */
const PATIENCE_MS = 400_000;

const held = { kind: 'played', problems: [] };

/**
 * Declares a test for each row of the suite, each variant, and the provider's section of docs/providers.md, which all
 * have that the registry lists. An example's provider is in neither, which is tested instead.
 */
export function holdToSuite(subject: Subject): void {
  let run: ConformanceRun | undefined;
  let directory: string;

  beforeAll(async () => {
    await ensureBuilt();
    directory = await mkdtemp(join(tmpdir(), 'payouts-conformance-'));
    run = await startConformance(subject, { logFile: join(directory, 'engine.log') });
  }, PATIENCE_MS);

  afterAll(async () => {
    await run?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  describe.each(SUITE.map(({ title, names }, group) => ({ title, names, group })))(
    '$title',
    ({ names, group }) => {
      it.each(names.map((name, row) => ({ name, row })))(
        '$name',
        async ({ name, row }) => {
          const played = run?.groups[group]?.rows[row];
          expect(played?.name).toBe(name);
          const result = await played?.result;
          // What a provider has not is written into the document, below.
          if (result?.kind !== 'lacking') expect(result).toMatchObject(held);
        },
        PATIENCE_MS,
      );
    },
  );

  describe.skipIf(subject.variants.length === 0)('what the document leaves open', () => {
    it.each(subject.variants.map(({ name, words }, index) => ({ name, words, index })))(
      '$name: $words',
      async ({ name, index }) => {
        const played = run?.variants[index];
        expect(played?.variant.name).toBe(name);
        for (const row of played?.rows ?? [])
          expect({ row: row.name, ...(await row.result) }).toMatchObject(held);
      },
      PATIENCE_MS,
    );
  });

  if (!SUBJECTS.includes(subject)) {
    it('is no provider of the product: neither the registry nor docs/providers.md has it', () => {
      const { name } = subject.registration;
      expect(PROVIDERS.map((listed) => listed.name)).not.toContain(name);
      expect([...sectionsOf(readFileSync(COMMITTED, 'utf8')).keys()]).not.toContain(name);
    });
    return;
  }

  it(
    'docs/providers.md says what this run found (else: npm run conformance)',
    async () => {
      if (!run) throw new Error('The run did not start');
      const section = providerSection(run, await resultsOf(run));
      expect(section).toBe(sectionsOf(readFileSync(COMMITTED, 'utf8')).get(run.provider));
    },
    PATIENCE_MS,
  );
}
