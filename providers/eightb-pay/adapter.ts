import type { AccountId } from '../../domain/ids.js';
import type { Answered, NotSent, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { PaymentCall, PaymentOrder, PaymentProvider } from '../payment-port.js';
import type { ProviderDeps } from '../registration.js';
import { readCallback } from './callback.js';
import type { EightbPayConfig, Endpoint } from './config.js';
import { createExchange } from './exchange.js';
import { interpretOperation } from './interpret-operation.js';
import { interpretCharge, interpretPage } from './interpret-start.js';
import { interpretStatus } from './interpret-status.js';
import { limitsOf } from './limits.js';
import { ping } from './ping.js';
import type { Reading } from './reading.js';
import { createReport } from './report.js';
import {
  operationDocument,
  payDocument,
  recurrentDocument,
  statusDocument,
  type JsonDocument,
} from './requests.js';
import { withRetryAfter } from '../retry-after.js';
import { validate } from './validate.js';

const PROTOCOL = 'eightb_pay';

/** One shop at 8b.world `/pay`: money in by the hosted page, or by the token of a card that an earlier payment left. */
export function createEightbPay(
  account: AccountId,
  config: EightbPayConfig,
  deps: ProviderDeps = {},
): PaymentProvider {
  const { now = Date.now } = deps;
  const who = { account, protocol: PROTOCOL };
  const limits = limitsOf(config);
  const exchange = createExchange(config, (http) => deps.onLoginRefused?.({ ...who, http, pausedMs: 0 }));
  const readingOf = (withheld: readonly string[]): Reading => ({
    config,
    confidential: [config.secretKey, config.apiKey, ...withheld],
    onUnmapped: (seen) => deps.onUnmapped?.({ ...who, ...seen }),
  });

  function call<Outcome>(
    endpoint: Endpoint,
    document: JsonDocument,
    interpret: (http: HttpAnswer) => NotSent | Unknown | Answered<Outcome>,
  ): PaymentCall<Outcome> {
    const exact = exchange.body(document);
    let sent = false;
    return {
      exact,
      async send(signal) {
        if (sent) throw new Error('This request was sent before');
        sent = true;
        const http = await exchange.post(endpoint, exact, 'fresh', signal);
        return withRetryAfter(interpret(http), http, now());
      },
    };
  }

  return {
    kind: 'payment',
    account,
    protocol: PROTOCOL,
    limits,
    operations: config.operations,
    recurrent: config.recurrent,
    validate: (request) => validate(request, config, limits),
    start(order) {
      const reading = readingOf(confidential(order));
      return order.token === undefined
        ? call('pay', payDocument(order, config), (http) => interpretPage(http, order, reading))
        : call('recurrent', recurrentDocument(order, order.token, config), (http) =>
            interpretCharge(http, order, reading),
          );
    },
    async status({ orderId, withheld }, signal) {
      const exact = exchange.body(statusDocument(orderId, config));
      const http = await exchange.post('status', exact, 'pooled', signal);
      return withRetryAfter(interpretStatus(http, orderId, readingOf(withheld)), http, now());
    },
    operate: (operation) =>
      call(operation.kind, operationDocument(operation, config), (http) =>
        interpretOperation(http, operation, readingOf([])),
      ),
    readCallback: (raw) => readCallback(raw, limits, readingOf([])),
    report: createReport(exchange, readingOf([])),
    ping: (signal) => ping(exchange, config, signal),
  };
}

/** What of an order must not come back in words. */
function confidential({ payer, token, providerFields }: PaymentOrder): readonly string[] {
  const { email, id, ip } = payer;
  const values = [email, id, ip, token, ...Object.values(providerFields ?? {})];
  return values.filter((value) => value !== undefined);
}
