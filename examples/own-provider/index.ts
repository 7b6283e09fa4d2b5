import { defineProvider } from 'payout-engine/providers';
import { createPocketPay } from './adapter.js';
import { pocketPayConfig } from './config.js';

/** Pocket Pay: EUR or USD from a wallet to a card. */
export const pocketPay = defineProvider({
  name: 'pocket_pay',
  configSchema: pocketPayConfig,
  secretFields: ['secret', 'callbackSecret'],
  create: createPocketPay,
});
