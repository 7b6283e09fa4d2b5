/** A gateway with one money rule taken away. Usage: gateway.ts RULE */
import type { Rewire } from '../../workers/rewire.js';
import { builtProduct } from '../stage/built.js';
import { trusting } from './trusting.js';
import { unstored } from './unstored.js';

const BREAKS: Readonly<Record<string, Rewire>> = {
  'trust-unsigned-callbacks': trusting,
  'acknowledge-unstored': unstored,
};

const { readEnvironment, runGateway } = await builtProduct();
await runGateway(readEnvironment(), BREAKS[process.argv[2] ?? '']);
