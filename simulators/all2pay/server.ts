/** All2pay's side as a real HTTP server: API, hosted page, callbacks, ledger. All2pay payouts document §18. */
import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

import { API_PATH, serveApi } from './api.js';
import { createBank } from './bank.js';
import { createCallbacks } from './callbacks.js';
import { checkPan, maskPan } from './card.js';
import type { All2payControl } from './control-client.js';
import { all2payControl } from './control-client.js';
import { CONTROL_PATH, serveControl } from './control.js';
import { createFaults } from './faults.js';
import { createLedger } from './ledger.js';
import type { Binding } from './line-file.js';
import { openLineFile } from './line-file.js';
import type { All2paySimulatorOptions } from './options.js';
import { servePage } from './page.js';
import { createPayouts, formUrlOf } from './payouts.js';
import { createRequestLog } from './request-log.js';
import { settingsOf } from './settings.js';
import { createTimers } from './timers.js';

export interface All2paySimulator {
  /** `http://127.0.0.1:PORT/payouts/api/v2` */
  readonly baseUrl: string;
  /** `http://127.0.0.1:PORT/sim` */
  readonly controlUrl: string;
  readonly port: number;
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
  const { host = '127.0.0.1', port = 0, onRequest } = options;
  const settings = settingsOf(options);
  const file = openLineFile(options.ledgerFile);
  const ledger = createLedger(file, bindingsOf(options));
  const requests = createRequestLog(file);
  const timers = createTimers();
  const faults = createFaults();
  const callbacks = createCallbacks(ledger, settings, faults, timers);
  const bank = createBank(ledger, settings, timers, callbacks.announce);

  let origin = '';
  const formUrl = formUrlOf(() => origin);
  const payouts = createPayouts(ledger, bank, settings, formUrl);

  const app = fastify({ logger: false, forceCloseConnections: true });
  // Row 19: a proxy's page, not JSON.
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/html; charset=UTF-8').send('<html><body><h1>404 Not Found</h1></body></html>'),
  );
  await app.register((scope, _options, done) => {
    serveApi(scope, { settings, ledger, payouts, faults, requests, timers, onRequest });
    done();
  });
  await app.register((scope, _options, done) => {
    serveControl(scope, { ledger, bank, faults, requests, callbacks, formUrl });
    done();
  });
  await app.register((scope) => servePage(scope, { settings, ledger, bank, timers }));

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
    if (order.callback === 'due') callbacks.announce(order);
  }
  const controlUrl = `${origin}${CONTROL_PATH}`;
  return {
    baseUrl: `${origin}${API_PATH}`,
    controlUrl,
    port: taken,
    control: all2payControl(controlUrl),
    close,
  };
}

function bindingsOf(options: All2paySimulatorOptions): Binding[] {
  return Object.entries(options.bindings ?? {}).map(([bindingId, { pan, clientId }]) => ({
    bindingId,
    clientId,
    maskedPan: maskPan(checkPan(pan, `bindings.${bindingId}.pan`)),
  }));
}
