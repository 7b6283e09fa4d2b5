/**
 * The providers' side, for tests and demos: strict HTTP servers with their own booking ledger and faults.
 *
 * @module
 */
export { startAll2paySimulator } from './all2pay/server.js';
export type { All2paySimulator } from './all2pay/server.js';
export type {
  All2paySimulatorOptions,
  CallbackOptions,
  CallbackTarget,
  LoginOptions,
  ReturnParam,
  Timings,
} from './all2pay/options.js';

// To drive a running one, also from another process
export { all2payControl } from './all2pay/control-client.js';
export type { All2payControl, SeenRequests } from './all2pay/control-client.js';
export type { CallbackFaultKind, Fault, WireFaultKind } from './all2pay/fault.js';
export type { LedgerView, OrderView } from './all2pay/views.js';
export type { Method, RequestInfo, SeenRequest } from './all2pay/request-log.js';

// For tests of a callback receiver
export { callbackChecksum } from './all2pay/callback-checksum.js';
