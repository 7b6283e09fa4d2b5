import { createLimiter } from '../limiter.js';
import { openStage, type Part } from '../stage.js';
import { AT_ONCE, type Row, type RunOptions, type SuiteRun } from '../suite-run.js';
import { paymentCapabilityRows } from './capabilities.js';
import { playPayment } from './play.js';
import type { PaymentExpected, PaymentScenario } from './scenario.js';
import { PAYMENT_SCENARIO_GROUPS } from './scenarios/index.js';
import { PAYMENT_SHORT_SET } from './scenarios/variant.js';
import type { PaymentSubject, PaymentVariant, StartedPaymentSubject } from './subject.js';
import { ROLES, type Role } from './words.js';

/**
 * Holds a provider that takes payments to their suite: every scenario once, then the short set for each variant, all
 * through one real engine.
 */
export async function startPaymentConformance(
  subject: PaymentSubject,
  options: RunOptions,
): Promise<SuiteRun> {
  const { registration, variants } = subject;
  const stage = await openStage({
    ...{ registration, logFile: options.logFile, databaseUrl: options.databaseUrl },
    start: (surroundings, variant) => subject.start(surroundings, variant),
    roles: Object.keys(ROLES) as readonly Role[],
    variants: options.only ? [] : variants,
  });
  const { engine, accounts, base, varied } = stage;
  const limited = createLimiter(options.atOnce ?? AT_ONCE);
  let count = 0;
  const rowOf = (
    common: PaymentScenario,
    { started, surroundings }: Part<Role, StartedPaymentSubject>,
  ): Row => {
    const id = `CF${(count += 1)}`;
    const different = subject.differently?.[common.name];
    const scenario = different ? { ...common, expected: different.expected } : common;
    return {
      name: scenario.name,
      expected: inWords(scenario.expected),
      different: different?.why,
      result: limited(() => playPayment(scenario, id, engine, started, surroundings)),
    };
  };
  return {
    provider: registration.name,
    capabilities: paymentCapabilityRows(accounts.get(base.surroundings.accountId('polled'))?.provider),
    shortSet: PAYMENT_SHORT_SET.map(({ name }) => name),
    groups: PAYMENT_SCENARIO_GROUPS.map(({ title, scenarios }) => ({
      title,
      rows: scenarios
        .filter(({ name }) => options.only?.test(name) ?? true)
        .map((scenario) => rowOf(scenario, base)),
    })),
    variants: varied.map(({ variant, part }) => ({
      variant,
      rows: scenariosOf(variant).map((scenario) => rowOf(scenario, part)),
    })),
    stop: stage.stop,
  };
}

/** The short set, as the variant makes it end, and what the variant adds to it. */
function scenariosOf({ more = [], otherwise = {} }: PaymentVariant): readonly PaymentScenario[] {
  return [...PAYMENT_SHORT_SET, ...more].map((scenario) => ({ ...scenario, ...otherwise[scenario.name] }));
}

function inWords({ status, charges, back }: PaymentExpected): string {
  return `${status}, ${charges}${back === undefined ? '' : `, ${back} back`}`;
}
