import type { Result } from '../result.js';
import type { SuiteRun } from '../suite-run.js';
import { describeResult, held, type Outcome, type Results } from './results.js';
import { markdownTable } from './table.js';

const HEAD = `# Providers

What each provider's adapter says of itself, and how it did in the conformance suite (\`conformance/\`): every scenario is
one payout or payment through the real engine, Temporal and journal and gateway included, against the provider's
simulator. Written by \`npm run conformance\`, never by hand; \`npm run test:conformance\` plays the suite too, and fails
where it finds otherwise.

A row holds if payout or payment ended in the expected state, money moved as often as expected (by us never more than
once), each request that could move money is an attempt in the journal, and client, journal and the provider's own ledger
agree.
`;

/** The whole of docs/providers.md, of each provider's section by name. */
export function providersDocument(sections: ReadonlyMap<string, string>): string {
  const byName = [...sections].sort(([one], [other]) => (one < other ? -1 : 1));
  return [HEAD, ...byName.map(([, section]) => section)].join('\n');
}

/** The sections of a document, as `providersDocument` wrote it, by provider. */
export function sectionsOf(document: string): Map<string, string> {
  const [, ...sections] = document.split(/\n(?=## )/);
  return new Map(
    sections.map((section) => [/^## (.*)$/m.exec(section)?.[1] ?? '', section.trimEnd() + '\n']),
  );
}

/** What a run found of one provider. No times, no ids: two runs that behave alike write the same. */
export function providerSection(
  { provider, capabilities, shortSet }: SuiteRun,
  { groups, variants }: Results,
): string {
  return [
    `## ${provider}\n`,
    markdownTable(['capability', 'by its adapter'], capabilities),
    `\n### ${provider}: scenarios\n`,
    ...groups.flatMap(({ title, outcomes }) => [
      `**${title}**\n`,
      markdownTable(['scenario', 'expected', 'got', 'bookings'], outcomes.map(scenarioRow)),
      ...differences(outcomes),
      '',
    ]),
    `### ${provider}: what its document leaves open\n`,
    variants.length === 0
      ? 'Nothing that its simulator could play otherwise.'
      : markdownTable(
          ['played otherwise', ...shortSet, 'and'],
          variants.map(({ variant, outcomes }) => [
            variant.words,
            ...shortSet.map((name) => variantCell(outcomes.find((outcome) => outcome.name === name))),
            outcomes
              .filter(({ name }) => !shortSet.includes(name))
              .map((outcome) => `${outcome.name}: ${variantCell(outcome)}`)
              .join('; '),
          ]),
        ),
    ...variants.flatMap(({ variant }) => variantDifferences(variant)),
    '',
  ].join('\n');
}

function differences(outcomes: readonly Outcome[]): string[] {
  const rows = outcomes.filter(({ different }) => different !== undefined);
  return rows.length === 0
    ? []
    : [
        '',
        ...rows.map(({ name, different }) => `- ${name}: ends otherwise than elsewhere. ${different ?? ''}`),
      ];
}

function variantDifferences({ words, differently = {} }: Results['variants'][number]['variant']): string[] {
  const whys = new Set(Object.values(differently).map(({ why }) => why));
  return [...whys].flatMap((why) => ['', `- ${words}: ends otherwise than elsewhere. ${why}`]);
}

function scenarioRow(outcome: Outcome): string[] {
  const { name, expected, result } = outcome;
  return [name, expected, describeResult(result), result.kind === 'played' ? movedIn(result) : ''];
}

function variantCell(outcome: Outcome | undefined): string {
  if (!outcome) return '';
  const { result } = outcome;
  if (!held(outcome) || result.kind !== 'played') return describeResult(result);
  const moved = movedIn(result);
  return moved === '' ? result.status : `${result.status}, ${moved}`;
}

/** How often money moved, and what moved back. */
function movedIn({ bookings, back }: Extract<Result, { kind: 'played' }>): string {
  if (bookings === undefined) return '';
  return back === undefined ? String(bookings) : `${bookings}, ${back} back`;
}
