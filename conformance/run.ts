import type { PayoutProvider } from '../providers/port.js';
import { createLimiter } from './limiter.js';
import { playStoring } from './play-storing.js';
import { play } from './play.js';
import { capabilityRows } from './report/capabilities.js';
import type { Scenario } from './scenario.js';
import { SCENARIO_GROUPS, STORING_TITLE } from './scenarios/index.js';
import { storing } from './scenarios/storing.js';
import { SHORT_SET_NAMES, variantScenarios } from './scenarios/variant.js';
import { openStage, type Part } from './stage.js';
import type { StoringScenario } from './storing-scenario.js';
import type { StartedSubject, Subject, Variant } from './subject.js';
import { AT_ONCE, type Row, type RunOptions, type SuiteRun } from './suite-run.js';
import { ROLES, type Role } from './words.js';

/** A run of payouts. */
export interface ConformanceRun extends SuiteRun {
  /** The adapters of the run's accounts, for what they say of themselves. */
  readonly adapters: Partial<Readonly<Record<Role, PayoutProvider>>>;
}

const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

/**
 * Holds a provider to the suite: every scenario once, then the short set for each variant, all through one real engine.
 *
 * @example
 * const run = await startConformance(all2paySubject, { logFile });
 * for (const { rows } of run.groups) for (const row of rows) console.log(row.name, await row.result);
 * await run.stop();
 */
export async function startConformance(subject: Subject, options: RunOptions): Promise<ConformanceRun> {
  const { registration, variants } = subject;
  const stage = await openStage({
    ...{ registration, roles: ROLE_NAMES },
    ...{ logFile: options.logFile, databaseUrl: options.databaseUrl },
    start: (surroundings, variant) => subject.start(surroundings, variant),
    variants: options.only ? [] : variants,
  });
  const { engine, accounts, base, varied } = stage;
  const limited = createLimiter(options.atOnce ?? AT_ONCE);
  let count = 0;
  // Fits the narrowest alphabet that a provider allows for its order ids.
  const nextId = (): string => `CF${(count += 1)}`;
  const rowOf = (
    common: Scenario,
    { started, surroundings }: Part<Role, StartedSubject>,
    variant?: Variant,
  ): Row => {
    const id = nextId();
    const different = variant?.differently?.[common.name] ?? subject.differently?.[common.name];
    const scenario = different ? { ...common, expected: different.expected } : common;
    const { status, bookings } = scenario.expected;
    return {
      name: scenario.name,
      expected: `${status}, ${bookings}`,
      different: different?.why,
      result: limited(() => play(scenario, id, engine, started, surroundings)),
    };
  };
  const storingRow = (
    scenario: StoringScenario,
    { started, surroundings }: Part<Role, StartedSubject>,
  ): Row => {
    const id = nextId();
    const { status, payout } = scenario.expected;
    return {
      name: scenario.name,
      expected: payout === undefined ? status : `${status}; payout ${payout}`,
      result: limited(() => playStoring(scenario, id, engine, started, surroundings)),
    };
  };
  const wanted = ({ name: called }: { readonly name: string }): boolean => options.only?.test(called) ?? true;
  const adapters: ConformanceRun['adapters'] = Object.fromEntries(
    ROLE_NAMES.map((role) => [role, accounts.get(base.surroundings.accountId(role))?.provider]),
  );
  return {
    provider: registration.name,
    adapters,
    capabilities: capabilityRows(adapters),
    shortSet: SHORT_SET_NAMES,
    groups: [
      ...SCENARIO_GROUPS.map(({ title, scenarios }) => ({
        title,
        rows: scenarios.filter(wanted).map((scenario) => rowOf(scenario, base)),
      })),
      {
        title: STORING_TITLE,
        rows: storing.filter(wanted).map((scenario) => storingRow(scenario, base)),
      },
    ],
    variants: varied.map(({ variant, part }) => ({
      variant,
      rows: [
        ...variantScenarios(variant).map((scenario) => rowOf(scenario, part, variant)),
        ...(variant.storing ?? []).map((scenario) => storingRow(scenario, part)),
      ],
    })),
    stop: stage.stop,
  };
}
