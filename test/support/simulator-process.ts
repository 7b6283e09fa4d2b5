import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type {
  All2paySimulatorOptions,
  PayneteasyLedgerView,
  PayneteasySimulatorOptions,
} from '../../simulators/index.js';

/** A provider's side as a process of its own: all that the engine can know of it is its address. */
export interface SimulatorProcess {
  readonly baseUrl: string;
  /** For tests: All2pay's `/sim`, Payneteasy's books. */
  readonly controlUrl: string;
  stop(): Promise<void>;
}

const SIMULATORS = JSON.stringify(new URL('../../dist/simulators/index.js', import.meta.url).href);

/** Ends with its input, so that it never outlives the test. */
const UNTIL_INPUT_ENDS = `process.stdin.resume().on('close', () => process.exit(0));`;

const ALL2PAY = `
import { startAll2paySimulator } from ${SIMULATORS};
const { baseUrl, controlUrl } = await startAll2paySimulator(JSON.parse(process.argv[1]));
console.log(JSON.stringify({ baseUrl, controlUrl }));
${UNTIL_INPUT_ENDS}
`;

/** Its control has no door of its own, so that the books are opened here. */
const PAYNETEASY = `
import { createServer } from 'node:http';
import { startPayneteasySimulator } from ${SIMULATORS};
const { baseUrl, control } = await startPayneteasySimulator(JSON.parse(process.argv[1]));
const books = createServer((request, response) => response.end(JSON.stringify(control.ledger())));
books.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ baseUrl, controlUrl: 'http://127.0.0.1:' + books.address().port }));
});
${UNTIL_INPUT_ENDS}
`;

/** Of the compiled program: `ensureBuilt` first. */
export function startSimulatorProcess(options: All2paySimulatorOptions): Promise<SimulatorProcess> {
  return start(ALL2PAY, options);
}

/** Of the compiled program: `ensureBuilt` first. */
export function startPayneteasyProcess(options: PayneteasySimulatorOptions): Promise<SimulatorProcess> {
  return start(PAYNETEASY, options);
}

/** What a Payneteasy simulator in a process of its own has booked. */
export async function payneteasyBooks({ controlUrl }: SimulatorProcess): Promise<PayneteasyLedgerView> {
  return (await (await fetch(controlUrl)).json()) as PayneteasyLedgerView;
}

async function start(main: string, options: unknown): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', main, JSON.stringify(options)], {
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
