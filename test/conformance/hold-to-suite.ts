import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConformance, type RunOptions, type Subject, type SuiteRun } from '../../conformance/index.js';
import { providerSection, sectionsOf } from '../../conformance/report/document.js';
import { resultsOf } from '../../conformance/report/results.js';
import { SUITE } from '../../conformance/scenarios/index.js';
import { RUNS } from '../../conformance/subjects.js';
import { PROVIDERS } from '../../providers/registry.js';
import { ensureBuilt } from '../support/built.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';

const COMMITTED = new URL('../../docs/providers.md', import.meta.url);
/** Far longer than the whole table takes on a busy machine. */
const PATIENCE_MS = 400_000;

const held = { kind: 'played', problems: [] };

/**
 * Declares a test for each row of the suite, each variant, and the provider's section of docs/providers.md, which all
 * have that the registry lists. An example's provider is in neither, which is tested instead.
 */
export function holdToSuite(subject: Subject): void {
  holdRun({
    name: subject.registration.name,
    start: (options) => startConformance(subject, options),
    groups: SUITE,
    variants: subject.variants,
  });
}

/** The same of any suite: the names of its rows are known before it runs. */
export function holdRun({
  name: provider,
  start,
  groups,
  variants,
}: {
  readonly name: string;
  readonly start: (options: RunOptions) => Promise<SuiteRun>;
  readonly groups: readonly { readonly title: string; readonly names: readonly string[] }[];
  readonly variants: readonly SuiteRun['variants'][number]['variant'][];
}): void {
  let run: SuiteRun | undefined;
  let postgres: TestPostgres | undefined;
  let directory: string;

  beforeAll(async () => {
    await ensureBuilt();
    directory = await mkdtemp(join(tmpdir(), 'payouts-conformance-'));
    // Where there is one: it is what production has, and lighter than a database in this process.
    postgres = await startPostgres();
    run = await start({ logFile: join(directory, 'engine.log'), databaseUrl: postgres?.url });
  }, PATIENCE_MS);

  afterAll(async () => {
    await run?.stop();
    await postgres?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  describe.each(groups.map(({ title, names }, group) => ({ title, names, group })))(
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

  describe.skipIf(variants.length === 0)('what the document leaves open', () => {
    it.each(variants.map(({ name, words }, index) => ({ name, words, index })))(
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

  if (!RUNS.has(provider)) {
    it('is no provider of the product: neither the registry nor docs/providers.md has it', () => {
      expect(PROVIDERS.map((listed) => listed.name)).not.toContain(provider);
      expect([...sectionsOf(readFileSync(COMMITTED, 'utf8')).keys()]).not.toContain(provider);
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
