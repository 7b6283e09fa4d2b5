import { all2pay } from './all2pay/index.js';
import { eightbDisbursement } from './eightb-disbursement/index.js';
import { eightbPay } from './eightb-pay/index.js';
import { payneteasy } from './payneteasy/index.js';
import type { ProviderRegistration } from './registration.js';

/** Every protocol that the engine speaks. A new one: its folder, and one line here. */
export const PROVIDERS: readonly ProviderRegistration[] = [
  all2pay,
  eightbDisbursement,
  eightbPay,
  payneteasy,
];

/** @example providerNamed('all2pay')?.create(account, config) */
export function providerNamed(name: string): ProviderRegistration | undefined {
  return PROVIDERS.find((provider) => provider.name === name);
}
