import { fileURLToPath } from 'node:url';
import type * as Environment from '../../config/environment.js';
import type * as Gateway from '../../workers/run-gateway.js';
import type * as Worker from '../../workers/run-worker.js';
import type { EngineCommand } from './start-stage.js';

/** What Node runs as a worker or a gateway of the product. */
export function productCommand(command: EngineCommand): readonly string[] {
  return [fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url)), command];
}

/**
 * The product as it was built and ships, for processes of ours that wire it differently: the sources would be compiled
 * anew at every start.
 */
export async function builtProduct(): Promise<typeof Worker & typeof Gateway & typeof Environment> {
  const [worker, gateway, environment] = await Promise.all([
    fromDist<typeof Worker>('workers/run-worker.js'),
    fromDist<typeof Gateway>('workers/run-gateway.js'),
    fromDist<typeof Environment>('config/environment.js'),
  ]);
  return { ...worker, ...gateway, ...environment };
}

async function fromDist<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as Module;
}
