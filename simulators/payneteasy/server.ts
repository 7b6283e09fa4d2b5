/** Payneteasy's side as a real HTTP server: API, receiver's form, callbacks, ledger. Payneteasy §12. */
import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

import { BASE_PATH, serveApi } from './api.js';
import { createAuthentication } from './authentication.js';
import { createBank } from './bank.js';
import { createCallbacks } from './callbacks.js';
import { createClock } from './clock.js';
import type { PayneteasyControl } from './control.js';
import { createControl } from './control.js';
import { createFaults } from './faults.js';
import { createLedger } from './ledger.js';
import type { PayneteasySimulatorOptions } from './options.js';
import type { Order } from './order.js';
import { createPayouts } from './payouts.js';
import { FORM_PATH, servePage } from './receiver-page.js';
import { createRequestLog } from './request-log.js';
import { settingsOf } from './settings.js';
import { createTimers } from '../timers.js';

export interface PayneteasySimulator {
  /** `http://127.0.0.1:PORT/paynet` */
  readonly baseUrl: string;
  readonly port: number;
  readonly control: PayneteasyControl;
  /** At once, whatever hangs. */
  close(): Promise<void>;
}

/**
 * Starts the simulator.
 *
 * @example
 * const simulator = await startPayneteasySimulator({
 *   merchants: { merchant1: { merchantControl: '0A1B…', publicKey } },
 * });
 * await simulator.close();
 */
export async function startPayneteasySimulator(
  options: PayneteasySimulatorOptions,
): Promise<PayneteasySimulator> {
  const { host = '127.0.0.1', port = 0, onRequest } = options;
  const settings = settingsOf(options);
  const ledger = createLedger();
  const requests = createRequestLog();
  const faults = createFaults();
  const timers = createTimers();
  const clock = createClock(options.clockSkewMs);
  const callbacks = createCallbacks(settings, faults, timers);
  const { announce, announceLater } = callbacks;
  const endsAtOnce = (order: Order): boolean => faults.awaits(order, 'callback_early');
  const paysUnasked = (order: Order): boolean => faults.awaits(order, 'pay_unasked');
  const bank = createBank({ ledger, settings, timers, announce, announceLater, endsAtOnce, paysUnasked });
  const payouts = createPayouts(ledger, bank);
  const authentication = createAuthentication(settings, clock);

  let origin = '';
  const formUrl = ({ form }: Order): string | undefined => form && `${origin}${FORM_PATH}/${form.token}`;

  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: 256 * 1024 });
  await app.register((scope, _options, done) => {
    const api = { settings, authentication, payouts, bank, ledger, faults, requests, callbacks, timers };
    serveApi(scope, { ...api, formUrl, onRequest });
    done();
  });
  await app.register((scope, _options, done) => {
    servePage(scope, { ledger, bank, settings });
    done();
  });

  async function close(): Promise<void> {
    timers.stop();
    callbacks.stop();
    app.server.closeAllConnections();
    await app.close();
  }

  try {
    await app.listen({ host, port });
  } catch (error) {
    await close();
    throw error;
  }
  const taken = (app.server.address() as AddressInfo).port;
  origin = `http://${host}:${taken}`;
  return {
    baseUrl: `${origin}${BASE_PATH}`,
    port: taken,
    control: createControl({ ledger, bank, faults, requests, callbacks, clock, formUrl }),
    close,
  };
}
