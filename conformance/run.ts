import type { AccountId } from '../domain/ids.js';
import type { PayoutProvider } from '../providers/port.js';
import { reserveGateway, startEngine, type ConformanceEngine } from './engine.js';
import { createLimiter } from './limiter.js';
import { playStoring } from './play-storing.js';
import { play } from './play.js';
import type { Result } from './result.js';
import type { Scenario } from './scenario.js';
import { SCENARIO_GROUPS, STORING_TITLE } from './scenarios/index.js';
import { storing } from './scenarios/storing.js';
import { variantScenarios } from './scenarios/variant.js';
import type { StoringScenario } from './storing-scenario.js';
import type { StartedSubject, Subject, Surroundings, Variant } from './subject.js';
import { ROLES, type Role } from './words.js';

/** One scenario and what comes of it. */
export interface Row {
  readonly name: string;
  readonly expected: string;
  /** Why it is not what is expected of other providers. */
  readonly different?: string | undefined;
  /** Never rejects. */
  readonly result: Promise<Result>;
}

/** A run under way. Rows are played at once, as many as the machine bears. */
export interface ConformanceRun {
  readonly provider: string;
  /** The adapters of the run's accounts, for what they say of themselves. */
  readonly adapters: Partial<Readonly<Record<Role, PayoutProvider>>>;
  readonly groups: readonly { readonly title: string; readonly rows: readonly Row[] }[];
  readonly variants: readonly { readonly variant: Variant; readonly rows: readonly Row[] }[];
  /** Stops what was started; scenarios that are not through break off. */
  stop(): Promise<void>;
}

export interface RunOptions {
  /** Gets the engine's log lines. */
  readonly logFile: string;
  /** Scenarios at once. @default 32 */
  readonly atOnce?: number | undefined;
  /** Only these scenarios of the main table, and no variants: while one looks for a mistake. */
  readonly only?: RegExp | undefined;
}

/** One provider's side that runs, and how the engine names its accounts. */
interface Part {
  readonly started: StartedSubject;
  readonly surroundings: Surroundings;
}

/**
 * Holds a provider to the suite: every scenario once, then the short set for each variant, all through one real engine.
 *
 * @example
 * const run = await startConformance(all2paySubject, { logFile });
 * for (const { rows } of run.groups) for (const row of rows) console.log(row.scenario.name, await row.result);
 * await run.stop();
 */
export async function startConformance(subject: Subject, options: RunOptions): Promise<ConformanceRun> {
  const { name } = subject.registration;
  const gateway = await reserveGateway();
  const parts: Part[] = [];
  let engine: ConformanceEngine | undefined;
  const stop = async (): Promise<void> => {
    await engine?.stop();
    await gateway.release();
    for (const { started } of parts) await started.stop();
  };
  async function startPart(prefix: string, variant?: Variant): Promise<Part> {
    const accountId = (role: Role): AccountId => `${prefix}-${role}` as AccountId;
    const surroundings: Surroundings = {
      accountId,
      returnUrl: (account, orderNumber) => `${gateway.url}/return/${account}/${orderNumber}`,
      callbackUrl: (account) => `${gateway.url}/callbacks/${account}`,
    };
    const part = { surroundings, started: await subject.start(surroundings, variant) };
    parts.push(part);
    return part;
  }

  try {
    const base = await startPart(name);
    const varied: { readonly variant: Variant; readonly part: Part }[] = [];
    for (const [index, variant] of (options.only ? [] : subject.variants).entries()) {
      varied.push({ variant, part: await startPart(`${name}-v${index}`, variant) });
    }
    const accounts = new Map(parts.flatMap((part) => accountsOf(subject, part)));
    const running = (engine = await startEngine({ accounts, gateway, logFile: options.logFile }));

    const limited = createLimiter(options.atOnce ?? 32);
    let count = 0;
    // Fits the narrowest alphabet that a provider allows for its order ids.
    const nextId = (): string => `CF${(count += 1)}`;
    const rowOf = (common: Scenario, { started, surroundings }: Part, variant?: Variant): Row => {
      const id = nextId();
      const different = (variant ?? subject).differently?.[common.name];
      const scenario = different ? { ...common, expected: different.expected } : common;
      const { status, bookings } = scenario.expected;
      return {
        name: scenario.name,
        expected: `${status}, ${bookings}`,
        different: different?.why,
        result: limited(() => play(scenario, id, running, started, surroundings)),
      };
    };
    const storingRow = (scenario: StoringScenario, { started, surroundings }: Part): Row => {
      const id = nextId();
      const { status, payout } = scenario.expected;
      return {
        name: scenario.name,
        expected: payout === undefined ? status : `${status}; payout ${payout}`,
        result: limited(() => playStoring(scenario, id, running, started, surroundings)),
      };
    };
    const wanted = ({ name: called }: { readonly name: string }): boolean =>
      options.only?.test(called) ?? true;
    return {
      provider: name,
      adapters: adaptersOf(accounts, base),
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
          ...variantScenarios(variant.more).map((scenario) => rowOf(scenario, part, variant)),
          ...(variant.storing ?? []).map((scenario) => storingRow(scenario, part)),
        ],
      })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function rolesOf({ started }: Part): readonly Role[] {
  return (Object.keys(ROLES) as Role[]).filter((role) => started.accounts[role] !== undefined);
}

/** The suite knows payouts: so does its subject. */
type PayoutAccount = { readonly provider: PayoutProvider };

function accountsOf({ registration }: Subject, part: Part): readonly (readonly [AccountId, PayoutAccount])[] {
  return rolesOf(part).map((role) => {
    const account = part.surroundings.accountId(role);
    return [account, { provider: registration.create(account, part.started.accounts[role]) }];
  });
}

function adaptersOf(
  accounts: ReadonlyMap<AccountId, PayoutAccount>,
  part: Part,
): Partial<Record<Role, PayoutProvider>> {
  return Object.fromEntries(
    rolesOf(part).map((role) => [role, accounts.get(part.surroundings.accountId(role))?.provider]),
  );
}
