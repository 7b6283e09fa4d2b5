/**
 * The suite that any provider can be held to: scenarios as data, played through the real engine against the provider's
 * simulator. A provider brings a `Subject`.
 *
 * @module
 */
export { startConformance } from './run.js';
export type { ConformanceRun } from './run.js';
export type { Row, RunOptions, SuiteRun } from './suite-run.js';
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

// Of providers that take payments
export { startPaymentConformance } from './payments/run.js';
export type {
  AskedOperation,
  PaymentDeed,
  PaymentExpected,
  PaymentScenario,
  PaymentScenarioGroup,
} from './payments/scenario.js';
export { PAYMENT_SCENARIO_GROUPS } from './payments/scenarios/index.js';
export { FAULTS_ON, PAYMENT_CALLBACK_FAULTS, PAYMENT_FAULTS } from './payments/faults.js';
export type {
  PaymentCallbackFaultKind,
  PaymentFault,
  PaymentFaultKind,
  PaymentFaultOn,
} from './payments/faults.js';
export type {
  PaymentControl,
  PaymentLedgerEntry,
  PaymentParts,
  PaymentSubject,
  PaymentSurroundings,
  PaymentVariant,
  StartedPaymentSubject,
} from './payments/subject.js';
export type * as paymentWords from './payments/words.js';
export { eightbPaySubject } from './eightb-pay/subject.js';
