import { defineProvider } from '../registration.js';
import { createPayneteasy } from './adapter.js';
import { payneteasyConfig } from './config.js';

/** Payneteasy payouts: to a bank account, a card or a stored card, in one step or two. */
export const payneteasy = defineProvider({
  name: 'payneteasy',
  configSchema: payneteasyConfig,
  secretFields: ['merchantControl', 'signing.pkcs8Pem', 'signing.passphrase'],
  create: createPayneteasy,
});
