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
