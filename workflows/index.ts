export { inquiry } from './inquiry.js';
export { payout } from './payout.js';
export { storeCard } from './store-card.js';
