import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { All2paySimulatorOptions } from '../../simulators/index.js';

/** A provider's side as a process of its own: all that the engine can know of it is its address. */
export interface SimulatorProcess {
  readonly baseUrl: string;
  readonly controlUrl: string;
  stop(): Promise<void>;
}

const SIMULATORS = new URL('../../dist/simulators/index.js', import.meta.url).href;

/** Ends with its input, so that it never outlives the test. */
const MAIN = `
import { startAll2paySimulator } from ${JSON.stringify(SIMULATORS)};
const { baseUrl, controlUrl } = await startAll2paySimulator(JSON.parse(process.argv[1]));
console.log(JSON.stringify({ baseUrl, controlUrl }));
process.stdin.resume().on('close', () => process.exit(0));
`;

/** Of the compiled program: `ensureBuilt` first. */
export async function startSimulatorProcess(options: All2paySimulatorOptions): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', MAIN, JSON.stringify(options)], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('The simulator ended before it listened'))),
  ])) as [Buffer];
  const { baseUrl, controlUrl } = JSON.parse(line.toString()) as Omit<SimulatorProcess, 'stop'>;
  return {
    baseUrl,
    controlUrl,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
