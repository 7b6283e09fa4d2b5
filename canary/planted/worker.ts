/** A worker that tells secrets. Usage: worker.ts [log] [error] */
import { mistaking, rewiredProviders } from '../../chaos/broken/rewired-provider.js';
import { builtProduct } from '../../chaos/stage/built.js';
import type { Rewire } from '../../workers/rewire.js';

const LEAKS: Readonly<Record<string, Rewire>> = {
  /** One line in the log, past the logger that redacts: the request as it goes out. */
  log: rewiredProviders((provider) => ({
    async prepare(step, order, signal) {
      const request = await provider.prepare(step, order, signal);
      if ('exact' in request) console.log(`sending ${Buffer.from(request.exact).toString('utf8')}`);
      return request;
    },
  })),
  /** One error's text: what the provider was logged in with. */
  error: mistaking((answer) =>
    answer.kind === 'unknown'
      ? { ...answer, message: `No answer; was the password ${process.env['ACME_A2P_POLL_PASSWORD']} right?` }
      : answer,
  ),
};

const { readEnvironment, runWorker } = await builtProduct();
const told = process.argv.slice(2);
await runWorker(readEnvironment(), (sides) =>
  told.reduce((given, leak) => LEAKS[leak]?.(given) ?? given, sides),
);
