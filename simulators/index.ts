/**
 * The providers' side, for tests and demos: strict HTTP servers with their own booking ledger and faults.
 *
 * @module
 */
export { startAll2paySimulator } from './all2pay/server.js';
export type { All2paySimulator } from './all2pay/server.js';
export type {
  All2paySimulatorOptions,
  CallbackExtra,
  CallbackOptions,
  CallbackTarget,
  KeysOptions,
  LoginOptions,
  SigningOptions,
  Timings,
} from './all2pay/options.js';

// How the provider behaves where its document leaves it open
export { VARIANT_DEFAULTS } from './all2pay/variant.js';
export type { ReturnParam, ThreeDs, Variant, VariantChanges } from './all2pay/variant.js';
export { ALL2PAY_VARIANTS } from './all2pay/all2pay-variants.js';
export type { All2payVariant } from './all2pay/all2pay-variants.js';

// To drive a running one, also from another process
export { all2payControl } from './all2pay/control-client.js';
export type { All2payControl, CallbackHow, SeenRequests } from './all2pay/control-client.js';
export type { SendHow, SentCallback } from './all2pay/callbacks.js';
export { CALLBACK_FAULTS, WIRE_FAULTS } from './all2pay/fault.js';
export type { CallbackFaultKind, Fault, WireFaultKind } from './all2pay/fault.js';
export type { BindingView, CardOrderView, LedgerView, OrderView } from './all2pay/views.js';
export type { Method, RequestInfo, SeenRequest } from './all2pay/request-log.js';
export type { SignatureVerdict } from './all2pay/signature.js';

// For tests of a callback receiver
export { asymmetricChecksum, callbackChecksum } from './all2pay/callback-checksum.js';

// 8b.world /pay: money in
export { startEightbPaySimulator } from './eightb-pay/server.js';
export type { EightbPaySimulator } from './eightb-pay/server.js';
export type { EightbPaySimulatorOptions } from './eightb-pay/options.js';
export { EIGHTB_PAY_VARIANTS } from './eightb-pay/eightb-pay-variants.js';
export type { EightbPayVariant } from './eightb-pay/eightb-pay-variants.js';
export { EIGHTB_PAY_DEFAULTS } from './eightb-pay/variant.js';
export type { EightbPayControl } from './eightb-pay/control.js';
export { PAY_CALLBACK_FAULTS, PAY_WIRE_FAULTS } from './eightb-pay/fault.js';
export type { PayCallbackFaultKind, PayFault, PayWireFaultKind } from './eightb-pay/fault.js';
export type { PayOrderView, PayTransactionView } from './eightb-pay/views.js';
export type { Method as EightbPayMethod } from './eightb-pay/request-log.js';
// 8b.world Disbursement
export { startEightbDisbursementSimulator } from './eightb-disbursement/server.js';
export type { EightbDisbursementSimulator } from './eightb-disbursement/server.js';
export type {
  DirectionOptions as EightbDisbursementDirection,
  EightbDisbursementSimulatorOptions,
  ServiceOptions as EightbDisbursementService,
  Timings as EightbDisbursementTimings,
} from './eightb-disbursement/options.js';
export { EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS } from './eightb-disbursement/variant.js';
export type {
  Variant as EightbDisbursementBehaviour,
  VariantChanges as EightbDisbursementBehaviourChanges,
} from './eightb-disbursement/variant.js';
export { EIGHTB_DISBURSEMENT_VARIANTS } from './eightb-disbursement/eightb-disbursement-variants.js';
export type { EightbDisbursementVariant } from './eightb-disbursement/eightb-disbursement-variants.js';
export type { EightbDisbursementControl } from './eightb-disbursement/control.js';
export {
  EIGHTB_DISBURSEMENT_CALLBACK_FAULTS,
  EIGHTB_DISBURSEMENT_WIRE_FAULTS,
} from './eightb-disbursement/fault.js';
export type {
  EightbDisbursementCallbackFaultKind,
  EightbDisbursementFault,
  EightbDisbursementWireFaultKind,
} from './eightb-disbursement/fault.js';
export type {
  LedgerView as EightbDisbursementLedgerView,
  OperationView as EightbDisbursementOperationView,
} from './eightb-disbursement/views.js';
export { SCENARIOS as EIGHTB_DISBURSEMENT_SCENARIOS } from './eightb-disbursement/scenarios.js';
// Payneteasy
export { startPayneteasySimulator } from './payneteasy/server.js';
export type { PayneteasySimulator } from './payneteasy/server.js';
export type {
  MerchantOptions as PayneteasyMerchantOptions,
  PayneteasySimulatorOptions,
  Timings as PayneteasyTimings,
} from './payneteasy/options.js';
export { PAYNETEASY_VARIANT_DEFAULTS } from './payneteasy/variant.js';
export type {
  Variant as PayneteasyBehaviour,
  VariantChanges as PayneteasyVariantChanges,
} from './payneteasy/variant.js';
export { PAYNETEASY_VARIANTS } from './payneteasy/payneteasy-variants.js';
export type { PayneteasyVariant } from './payneteasy/payneteasy-variants.js';
export type { PayneteasyControl } from './payneteasy/control.js';
export {
  PAYNETEASY_CALLBACK_FAULTS,
  PAYNETEASY_ORDER_FAULTS,
  PAYNETEASY_WIRE_FAULTS,
} from './payneteasy/fault.js';
export type {
  CallbackFaultKind as PayneteasyCallbackFaultKind,
  Fault as PayneteasyFault,
  OrderFaultKind as PayneteasyOrderFaultKind,
  WireFaultKind as PayneteasyWireFaultKind,
} from './payneteasy/fault.js';
export type { PayneteasyLedgerView, PayneteasyOrderView } from './payneteasy/views.js';
export { SCENARIOS as PAYNETEASY_SCENARIOS } from './payneteasy/scenario.js';
export { RETRY_WAITS_SECS as PAYNETEASY_RETRY_WAITS_SECS } from './payneteasy/retry-schedule.js';
// For tests of a callback receiver
export { callbackSum as payneteasyCallbackControl } from './payneteasy/control-sum.js';
