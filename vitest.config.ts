import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Nothing here loads Temporal's native runtime, so that files may share one process and what it has imported. */
const WITHOUT_TEMPORAL = [
  'batch/**/*',
  'canary/**/*',
  'cli/**/*',
  'codec-server/**/*',
  'config/**/*',
  'domain/**/*',
  'fuzz/**/*',
  'gateway/**/*',
  'journal/**/*',
  'model/**/*',
  'providers/**/*',
  'schemas/**/*',
  'scripts/**/*',
  'secrets/**/*',
  'simulators/**/*',
  'chaos/plan',
  'chaos/verdict',
  'examples/guide',
  'examples/own-provider-adapter',
].map((place) => `test/${place}.test.ts`);

/** Each fills the machine for a minute or two: one after the other, and nothing beside it. */
const CONFORMANCE = ['all2pay', 'eightb-disbursement', 'eightb-pay', 'payneteasy'].map(
  (name) => `test/conformance/${name}.test.ts`,
);

/** The package's doors, as the examples name them: here the sources, whatever was built last. */
const DOORS = { client: '', providers: '/providers', simulators: '/testing', conformance: '/conformance' };
const alias = Object.entries(DOORS).map(([folder, door]) => ({
  find: new RegExp(`^payout-engine${door}$`),
  replacement: fileURLToPath(new URL(`./${folder}/index.ts`, import.meta.url)),
}));

/** What takes a minute or more comes first, so that nobody waits for it alone at the end. */
const LONG = [
  '/test/chaos/',
  '/test/conformance/',
  '/test/examples/',
  '/test/outage/',
  '/test/crash/',
  '/test/journal/killed',
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((part) => moduleId.includes(part));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    environment: 'node',
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A busy machine must not turn "soon" into "never".
    expect: { poll: { timeout: 60_000 } },
    // More than the two processors that they were measured on, because most of them wait for something half of their time.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: 'plain', include: WITHOUT_TEMPORAL, isolate: false } },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/**/*.test.ts'],
          exclude: [...WITHOUT_TEMPORAL, ...CONFORMANCE],
        },
      },
      {
        extends: true,
        test: { name: 'conformance', include: CONFORMANCE, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
