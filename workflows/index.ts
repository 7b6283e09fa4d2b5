export { payout } from './payout.js';
