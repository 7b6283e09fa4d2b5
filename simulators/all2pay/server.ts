/** All2pay's side as a real HTTP server: API, hosted page, 3DS, callbacks, ledger. All2pay payouts document §18. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

import { serveAcs } from './acs.js';
import { createAddresses } from './addresses.js';
import { htmlAnswer } from './answer.js';
import { createPayoutAnswers } from './answers.js';
import { API_PATH, serveApi } from './api.js';
import { BALANCE_PATH, createBalance } from './balance.js';
import { createBank } from './bank.js';
import type { Binding } from './binding.js';
import { eventOfCard, eventOfOrder } from './callback-event.js';
import { createCallbacks } from './callbacks.js';
import { createCardAnswers } from './card-answers.js';
import { checkPan, maskPan } from './card.js';
import { createClock } from './clock.js';
import type { All2payControl } from './control-client.js';
import { all2payControl } from './control-client.js';
import { CONTROL_PATH, serveControl } from './control.js';
import { createDuplicates } from './duplicates.js';
import { createFaults } from './faults.js';
import { createKeys } from './keys.js';
import { createLedger } from './ledger.js';
import { openLineFile } from './line-file.js';
import type { All2paySimulatorOptions } from './options.js';
import { servePage } from './page.js';
import type { ReadingRules } from './payout-body.js';
import { createStatus } from './payout-status.js';
import { createPayouts } from './payouts.js';
import { createRequestLog } from './request-log.js';
import { createTokenReader } from './se-token.js';
import { settingsOf } from './settings.js';
import { createCardStore } from './store-card.js';
import { createTimers } from '../timers.js';

export interface All2paySimulator {
  /** `http://127.0.0.1:PORT/payouts/api/v2` */
  readonly baseUrl: string;
  /** `http://127.0.0.1:PORT/sim` */
  readonly controlUrl: string;
  readonly port: number;
  /** PEM; verifies asymmetric callback checksums of logins that brought no key of their own. */
  readonly callbackPublicKey: string;
  readonly control: All2payControl;
  /** At once, whatever hangs. */
  close(): Promise<void>;
}

/**
 * Starts the simulator.
 *
 * @example
 * const simulator = await startAll2paySimulator({ userName: 'acme-api', password: 'secret' });
 * await fetch(`${simulator.baseUrl}/echo`);
 * await simulator.close();
 */
export async function startAll2paySimulator(options: All2paySimulatorOptions): Promise<All2paySimulator> {
  const { host = '127.0.0.1', port = 0, balancePath = BALANCE_PATH, onRequest } = options;
  const callbackKey = once(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  const settings = settingsOf(options, callbackKey);
  const { variantOf } = settings;
  const file = openLineFile(options.ledgerFile);
  const ledger = createLedger(file, bindingsOf(options));
  const requests = createRequestLog(file);
  const timers = createTimers();
  const clock = createClock(options.clockSkewMs);
  const keys = createKeys(options.keys ?? {}, clock);
  const openToken = createTokenReader(keys, clock);
  const faults = createFaults();
  const callbacks = createCallbacks(ledger, settings, faults, timers);

  let origin = '';
  const addresses = createAddresses(() => origin);
  const answers = createPayoutAnswers(variantOf, addresses);
  const cardAnswers = createCardAnswers(variantOf, addresses);
  const announce = (order: Parameters<typeof eventOfOrder>[0]): void =>
    callbacks.announce(eventOfOrder(order));
  const bank = createBank({ ledger, settings, timers, clock, announce });
  const duplicates = createDuplicates(ledger, bank, variantOf);
  const rulesOf = (login: string): ReadingRules => ({
    variant: variantOf(login),
    merchants: settings.logins.get(login)?.merchants,
    openToken,
  });
  const cards = createCardStore({
    ...{ ledger, settings, timers, clock, duplicates, rulesOf },
    answers: cardAnswers,
    announce: (cardOrder) => callbacks.announce(eventOfCard(cardOrder)),
  });
  const handlers = {
    ...createPayouts({ ledger, bank, settings, clock, duplicates, answers, rulesOf }),
    ...cards.handlers,
    getPayoutStatus: createStatus({ ledger, bank, cards, answers, cardAnswers, variantOf }),
    getBalance: createBalance(ledger, settings),
  };

  const app = fastify({ logger: false, forceCloseConnections: true });
  // Row 19: a proxy's page, not JSON.
  app.setNotFoundHandler((_request, reply) => {
    const { httpStatus, text } = htmlAnswer(404, 'Not Found');
    return reply
      .code(httpStatus)
      .type(text?.type ?? '')
      .send(text?.content);
  });
  await app.register((scope, _options, done) => {
    const api = {
      settings,
      ledger,
      handlers,
      keys,
      faults,
      requests,
      callbacks,
      timers,
      balancePath,
      onRequest,
    };
    serveApi(scope, api);
    done();
  });
  await app.register((scope, _options, done) => {
    serveControl(scope, { ledger, bank, cards, faults, requests, callbacks, keys, clock, addresses });
    done();
  });
  await app.register((scope) => servePage(scope, { settings, ledger, bank, timers, addresses }));
  await app.register((scope) =>
    serveAcs(scope, { ledger, bank, cards, settings, addresses, answers, cardAnswers }),
  );

  async function close(): Promise<void> {
    timers.stop();
    callbacks.stop();
    app.server.closeAllConnections();
    await app.close();
    file.close();
  }

  try {
    await app.listen({ host, port });
  } catch (error) {
    await close();
    throw error;
  }
  const taken = (app.server.address() as AddressInfo).port;
  origin = `http://${host}:${taken}`;
  for (const order of ledger.all()) {
    bank.watch(order);
    if (order.callback === 'due') announce(order);
  }
  for (const cardOrder of ledger.cardOrders()) {
    cards.watch(cardOrder);
    if (cardOrder.callback === 'due') callbacks.announce(eventOfCard(cardOrder));
  }
  const controlUrl = `${origin}${CONTROL_PATH}`;
  return {
    baseUrl: `${origin}${API_PATH}`,
    controlUrl,
    port: taken,
    get callbackPublicKey() {
      return createPublicKey(callbackKey()).export({ type: 'spki', format: 'pem' }).toString();
    },
    control: all2payControl(controlUrl),
    close,
  };
}

function bindingsOf(options: All2paySimulatorOptions): Binding[] {
  return Object.entries(options.bindings ?? {}).map(([bindingId, { pan, clientId }]) => ({
    bindingId,
    clientId,
    maskedPan: maskPan(checkPan(pan, `bindings.${bindingId}.pan`)),
    direction: 'target',
  }));
}

function once(make: () => KeyObject): () => KeyObject {
  let made: KeyObject | undefined;
  return () => (made ??= make());
}
