import { defineProvider } from '../registration.js';
import { createEightbDisbursement } from './adapter.js';
import { eightbDisbursementConfig } from './config.js';

/** 8b.world Disbursement (payout system): bank accounts, cards, phones and wallets, by the provider's directions. */
export const eightbDisbursement = defineProvider({
  name: 'eightb_disbursement',
  configSchema: eightbDisbursementConfig,
  secretFields: ['secretKey'],
  create: createEightbDisbursement,
});
