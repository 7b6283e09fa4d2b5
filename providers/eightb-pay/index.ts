import { defineProvider } from '../registration.js';
import { createEightbPay } from './adapter.js';
import { eightbPayConfig } from './config.js';

/** 8b.world `/pay`: EUR, USD and UZS from a payer's card by the hosted page, or again by its token. */
export const eightbPay = defineProvider({
  name: 'eightb_pay',
  configSchema: eightbPayConfig,
  secretFields: ['secretKey'],
  create: createEightbPay,
});
