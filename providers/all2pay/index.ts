import { defineProvider } from '../registration.js';
import { createAll2pay } from './adapter.js';
import { all2payConfig } from './config.js';

/** All2pay payouts: RUB to a card, a stored card, a phone (SBP) or by the provider's page; stored cards. */
export const all2pay = defineProvider({
  name: 'all2pay',
  configSchema: all2payConfig,
  secretFields: ['password', 'callbackSecret', 'signing.pkcs8Pem', 'signing.passphrase'],
  create: createAll2pay,
});
