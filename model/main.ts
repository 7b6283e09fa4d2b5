/**
 * Checks the payout's state machine, with its environment, in every configuration; then every mutation and every
 * assumption. Exits with 1 if a rule is broken, or a mutation goes unnoticed.
 *
 *   npm run model
 */
import { ASSUMPTIONS } from './assumptions.js';
import { check } from './check.js';
import { CONFIGURATIONS } from './configurations.js';
import { MUTATIONS } from './mutations.js';
import { describeBounds, describeChecked, describeFound } from './report.js';

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
let isGood = true;

say('Configurations: every joint state is visited; rules 1, 2, 3, 4, 6 and "no stuck state" in each\n');
for (const config of CONFIGURATIONS) {
  const checked = await check(config);
  isGood &&= checked.found === undefined;
  say(`${describeBounds(config)}\n${describeChecked(checked)}\n`);
}

say('Mutations: one rule removed at a time; the check must find it, by the shortest way\n');
for (const { name, rule, machine, config } of MUTATIONS) {
  const { found } = await check(config, machine);
  isGood &&= found?.rule === rule;
  say(`${name} (in "${config.name}")\n${found ? describeFound(found) : '  NOT NOTICED'}\n`);
}

say('Assumptions: what the rules lean on; each is broken to show what it is needed for\n');
for (const { name, without } of ASSUMPTIONS) {
  const { found } = await check(without);
  isGood &&= found !== undefined;
  say(`${name}\n${found ? describeFound(found) : '  NOT NEEDED'}\n`);
}

say(isGood ? 'Every rule holds, and every mutation is noticed.' : 'NOT as it should be: see above.');
process.exitCode = isGood ? 0 : 1;
