import type { PaymentScenarioGroup } from '../scenario.js';
import { access } from './access.js';
import { callbacks } from './callbacks.js';
import { commands } from './commands.js';
import { faultGroups, silence } from './faults.js';
import { holds } from './holds.js';
import { paying } from './paying.js';
import { refunds } from './refunds.js';

/** All payments that every provider is held to, in the order of the table. */
export const PAYMENT_SCENARIO_GROUPS: readonly PaymentScenarioGroup[] = [
  paying,
  holds,
  refunds,
  callbacks,
  ...faultGroups,
  silence,
  commands,
  access,
];
