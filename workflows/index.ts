export { inquiry } from './inquiry.js';
export { lateHint } from './late-hint.js';
export { payment } from './payment.js';
export { paymentOperation } from './payment-operation.js';
export { payout } from './payout.js';
export { storeCard } from './store-card.js';
