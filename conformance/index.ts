/**
 * The suite that any provider can be held to: scenarios as data, played through the real engine against the provider's
 * simulator. A provider brings a `Subject`.
 *
 * @module
 */
export { startConformance } from './run.js';
export type { ConformanceRun, Row, RunOptions } from './run.js';
export type { Result } from './result.js';
export type { Deed, Expected, Scenario, ScenarioGroup } from './scenario.js';
export type { StoringScenario } from './storing-scenario.js';
export { SCENARIO_GROUPS } from './scenarios/index.js';
export { CALLBACK_FAULTS, FAULTS } from './faults.js';
export type { CallbackFaultKind, Fault, FaultKind, FaultOn } from './faults.js';
export { LATE_POLLS_MS, ODD_CALLBACKS, ROLES } from './words.js';
export type { CallbackTwist, Flow, OddCallback, Outcome, PersonDoes, Role, StoringOutcome } from './words.js';
export type {
  CardParts,
  Difference,
  KeptCard,
  LedgerEntry,
  OrderName,
  ProviderControl,
  RequestParts,
  StartedSubject,
  Subject,
  Surroundings,
  Variant,
} from './subject.js';
export { visitPage, type Typed } from './browser.js';
export { all2paySubject } from './all2pay/subject.js';
export { eightbDisbursementSubject } from './eightb-disbursement/subject.js';
export { payneteasySubject } from './payneteasy/subject.js';
