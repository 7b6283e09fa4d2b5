import type { AccountId } from '../../domain/ids.js';
import { createHttpCall, type HttpAnswer, type HttpCall, type HttpRequest } from '../http-call.js';
import type { MoneyRequest, Order, PayoutProvider, StatusQuery, Step } from '../port.js';
import type { ProviderDeps } from '../registration.js';
import { readCallback } from './callback.js';
import { capabilitiesOf, limitsOf } from './capabilities.js';
import type { All2payConfig } from './config.js';
import { createErrorLookup } from './error-lookup.js';
import { interpretMoney } from './interpret-money.js';
import { interpretStatus } from './interpret-status.js';
import type { Reading } from './reading.js';
import { performPayoutBody, registerPayoutBody, statusBody } from './requests.js';
import { settleSuspicion } from './suspicion.js';
import { validate } from './validate.js';
import { cleanWords, confidential } from './words.js';

/** All2pay payouts document §2. */
const HEADERS = {
  'Content-Type': 'application/json; charset=UTF-8',
  Accept: 'application/json; version=2.0',
} as const;

const PROTOCOL = 'all2pay';

/** One All2pay account. Flows: direct (`performPayout.do`) and page (`registerPayout.do`; the page executes). */
export function createAll2pay(
  account: AccountId,
  config: All2payConfig,
  deps: ProviderDeps = {},
): PayoutProvider {
  const capabilities = capabilitiesOf(config);
  const limits = limitsOf(config);
  const call = createHttpCall({ connectTimeoutMs: config.connectTimeoutMs, timeoutMs: limits.callTimeoutMs });
  const base = config.baseUrl.replace(/\/+$/, '');
  const credentials = [config.userName, config.password, config.callbackSecret ?? ''];
  const lookup = createErrorLookup(config);
  const readingOf = (expected: Reading['expected'], known: readonly string[]): Reading => ({
    config,
    expected,
    lookup,
    confidential: [...credentials, ...known],
    now: deps.now ?? Date.now,
    onUnmapped: (seen) => deps.onUnmapped?.({ account, protocol: PROTOCOL, ...seen }),
  });
  const post = (
    path: string,
    body: Buffer,
    connection: HttpRequest['connection'],
    signal: AbortSignal,
  ): Promise<HttpAnswer> =>
    call({ method: 'POST', url: `${base}/${path}`, headers: HEADERS, body, connection }, signal);

  return {
    account,
    protocol: PROTOCOL,
    capabilities,
    limits,
    validate: (request) => validate(request, config, capabilities, limits),
    steps: ({ destination }) => (destination.type === 'hosted_page' ? ['register'] : ['execute']),

    async prepare(step: Step, order: Order): Promise<MoneyRequest> {
      const reading = readingOf(order, confidential(order));
      const body = step === 'register' ? registerPayoutBody(order, config) : performPayoutBody(order, config);
      const path = step === 'register' ? 'registerPayout.do' : 'performPayout.do';
      let sent = false;
      return {
        exact: body,
        async send(signal) {
          if (sent) throw new Error('This request was sent before');
          sent = true;
          return interpretMoney(step, await post(path, body, 'fresh', signal), reading);
        },
      };
    },

    async status({ orderId, amount, suspected, withheld }: StatusQuery, signal) {
      const answer = await post('getPayoutStatus.do', statusBody(orderId, config), 'pooled', signal);
      return settleSuspicion(interpretStatus(answer, readingOf({ orderId, amount }, withheld)), suspected);
    },

    readCallback: (raw) => readCallback(raw, config, limits),
    ping: (signal) => ping(call, base, credentials, signal),
  };
}

/** `GET /echo` answers with a line about the module's version and node; it is not parsed (§4). */
async function ping(
  call: HttpCall,
  base: string,
  credentials: readonly string[],
  signal: AbortSignal,
): Promise<{ ok: boolean; words: string }> {
  const answer = await call(
    { method: 'GET', url: `${base}/echo`, headers: { Accept: 'text/plain' }, connection: 'pooled' },
    signal,
  );
  if (answer.kind !== 'response') return { ok: false, words: answer.message };
  const line = cleanWords(answer.body.toString('utf8'), credentials);
  const ok = answer.status >= 200 && answer.status <= 299 && line !== '';
  return { ok, words: ok ? line : `HTTP ${answer.status}` };
}
