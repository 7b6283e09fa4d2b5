import type { z } from 'zod';
import type { ConfigurableProtocol } from '../config/account-settings.js';
import { PROVIDERS } from '../providers/registry.js';
import { all2paySimulatorBlock } from './all2pay-simulator-block.js';

/** Of the providers that have a simulator: what an account's `simulator` block may say. */
const SIMULATOR_BLOCKS: Readonly<Record<string, z.ZodType>> = { all2pay: all2paySimulatorBlock };

/** Every provider as the accounts file knows it: its settings, its secrets, its simulator's block. */
export const ACCOUNT_PROTOCOLS: Readonly<Record<string, ConfigurableProtocol>> = Object.fromEntries(
  PROVIDERS.map(({ name, configSchema, secretFields }) => [
    name,
    { name, configSchema, secretFields, simulatorSchema: SIMULATOR_BLOCKS[name] },
  ]),
);
