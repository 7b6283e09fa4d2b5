import type { z } from 'zod';
import type { ConfigurableProtocol } from '../config/account-settings.js';
import { PROVIDERS } from '../providers/registry.js';
import { all2payBlock } from './simulated/all2pay-block.js';
import { eightbDisbursementBlock } from './simulated/eightb-disbursement-block.js';
import { eightbPayBlock } from './simulated/eightb-pay-block.js';
import { payneteasyBlock } from './simulated/payneteasy-block.js';

/** Of the providers that have a simulator: what an account's `simulator` block may say. */
const SIMULATOR_BLOCKS: Readonly<Record<string, z.ZodType>> = {
  all2pay: all2payBlock.schema,
  eightb_disbursement: eightbDisbursementBlock.schema,
  eightb_pay: eightbPayBlock.schema,
  payneteasy: payneteasyBlock.schema,
};

/** Every provider as the accounts file knows it: its settings, its secrets, its simulator's block. */
export const ACCOUNT_PROTOCOLS: Readonly<Record<string, ConfigurableProtocol>> = Object.fromEntries(
  PROVIDERS.map(({ name, configSchema, secretFields }) => [
    name,
    { name, configSchema, secretFields, simulatorSchema: SIMULATOR_BLOCKS[name] },
  ]),
);
