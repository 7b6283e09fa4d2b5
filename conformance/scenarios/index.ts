import type { ScenarioGroup } from '../scenario.js';
import { access } from './access.js';
import { actionsAfter, actionsBefore } from './actions.js';
import { callbacks } from './callbacks.js';
import { commands } from './commands.js';
import { faultsOnMoney, policies } from './faults-on-money.js';
import { faultsOnStatus } from './faults-on-status.js';
import { outcomes } from './outcomes.js';
import { storing } from './storing.js';
import { twoSteps } from './two-steps.js';

/** All payouts that every provider is held to, in the order of the table. */
export const SCENARIO_GROUPS: readonly ScenarioGroup[] = [
  outcomes,
  faultsOnMoney,
  policies,
  faultsOnStatus,
  actionsBefore,
  actionsAfter,
  twoSteps,
  callbacks,
  commands,
  access,
];

export const STORING_TITLE = 'Stored cards';

/** The whole table, by name. */
export const SUITE: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  ...SCENARIO_GROUPS.map(({ title, scenarios }) => ({ title, names: scenarios.map(({ name }) => name) })),
  { title: STORING_TITLE, names: storing.map(({ name }) => name) },
];
