import { commandName } from '../command-name.js';
import { CliError } from '../cli-error.js';
import type { Engine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { bad, good, type Finding } from './finding.js';

/** Does the gateway answer, is it ready, and does it know our key? */
export async function checkGateway(engine: Engine): Promise<Finding[]> {
  const { url, apiKey } = engine.gateway;
  const answered = await tell('gateway', `ready at ${url}`, () => callGateway(engine, { path: '/readyz' }));
  if (!answered.ok) return [answered];
  if (apiKey === undefined) {
    return [
      answered,
      bad('API key', 'there is none', `Set PAYOUTS_API_KEY; make one with "${commandName()} api-key add".`),
    ];
  }
  const list = (): Promise<unknown> => callGateway(engine, { path: '/v1/payouts', query: { limit: '1' } });
  return [answered, await tell('API key', 'opens the gateway', list)];
}

async function tell(name: string, words: string, call: () => Promise<unknown>): Promise<Finding> {
  try {
    await call();
    return good(name, words);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return bad(
      name,
      error.message.replaceAll('\n', ' '),
      'Look at the gateway’s log, and at /readyz for the part that is away.',
    );
  }
}
