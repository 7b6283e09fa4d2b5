/** 8b.world's side of `/pay` as a real HTTP server: API, hosted page, 3-D Secure, callbacks, ledger (§10). */
import type { AddressInfo } from 'node:net';

import formbody from '@fastify/formbody';
import fastify from 'fastify';

import { createTimers } from '../timers.js';
import { serveApi } from './api.js';
import { createBank } from './bank.js';
import { createCallbacks } from './callbacks.js';
import { createClock } from './clock.js';
import type { EightbPayControl } from './control.js';
import { createControl } from './control.js';
import { createFaults } from './faults.js';
import { createLedger } from './ledger.js';
import { createOperations } from './operations.js';
import type { EightbPaySimulatorOptions } from './options.js';
import { cardPage } from './page-html.js';
import { servePage } from './page.js';
import { createPayments } from './payments.js';
import { createQueries } from './queries.js';
import { createRequestLog } from './request-log.js';
import { settingsOf } from './settings.js';

export interface EightbPaySimulator {
  /** `http://127.0.0.1:PORT` */
  readonly baseUrl: string;
  readonly port: number;
  readonly control: EightbPayControl;
  /** At once, whatever hangs. */
  close(): Promise<void>;
}

/**
 * Starts the simulator.
 *
 * @example
 * const simulator = await startEightbPaySimulator({ apiKey: 'shop-1', secretKey: 'secret' });
 * // POST `${simulator.baseUrl}/pay` with `data` and `sign`
 * await simulator.close();
 */
export async function startEightbPaySimulator(
  options: EightbPaySimulatorOptions,
): Promise<EightbPaySimulator> {
  const { host = '127.0.0.1', port = 0, onRequest } = options;
  const settings = settingsOf(options);
  const ledger = createLedger();
  const requests = createRequestLog();
  const timers = createTimers();
  const clock = createClock();
  const faults = createFaults();
  const callbacks = createCallbacks(settings, faults, clock);
  const bank = createBank({ ledger, settings, clock, announce: callbacks.announce });

  let origin = '';
  const page = (session: string): string => {
    const order = ledger.bySession(session);
    return order ? cardPage(order, `/pay/${session}`) : '';
  };
  const payments = createPayments({
    ...{ ledger, bank, clock, page },
    pageUrl: (session) => `${origin}/pay/${session}`,
  });
  const handlers = { ...payments, ...createQueries(ledger), ...createOperations(ledger, bank) };

  const app = fastify({ logger: false, forceCloseConnections: true });
  await app.register(formbody);
  await app.register((scope, _options, done) => {
    serveApi(scope, { settings, ledger, handlers, faults, requests, callbacks, timers, onRequest });
    done();
  });
  await app.register((scope, _options, done) => {
    servePage(scope, { ledger, bank, clock, settings });
    done();
  });

  async function close(): Promise<void> {
    timers.stop();
    clock.stop();
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
  const control = createControl({ ledger, bank, clock, faults, requests, callbacks });
  return { baseUrl: origin, port: taken, control, close };
}
