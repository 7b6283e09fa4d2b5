/** 8b.world's payout system as a real HTTP server: methods, ledger, callbacks. 8b Disbursement §11. */
import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

import { serveApi } from './api.js';
import { createBank } from './bank.js';
import { createCallbacks } from './callbacks.js';
import { createCheck, createNotify } from './check.js';
import type { EightbDisbursementControl } from './control.js';
import { createControl } from './control.js';
import { createFaults } from './faults.js';
import { createLedger } from './ledger.js';
import type { EightbDisbursementSimulatorOptions } from './options.js';
import { createPayout } from './payout.js';
import { createBalance, createStatement } from './reads.js';
import { createRequestLog } from './request-log.js';
import { settingsOf } from './settings.js';
import { createTimers } from '../timers.js';

export interface EightbDisbursementSimulator {
  /** `http://127.0.0.1:PORT` */
  readonly baseUrl: string;
  readonly port: number;
  readonly control: EightbDisbursementControl;
  /** At once, whatever hangs. */
  close(): Promise<void>;
}

/**
 * Starts the simulator.
 *
 * @example
 * const simulator = await startEightbDisbursementSimulator({ services: { '1042': { secretKey: 'secret' } } });
 * await fetch(`${simulator.baseUrl}/partner/1042/balance`, { method: 'POST', body: new URLSearchParams({ … }) });
 * await simulator.close();
 */
export async function startEightbDisbursementSimulator(
  options: EightbDisbursementSimulatorOptions,
): Promise<EightbDisbursementSimulator> {
  const { host = '127.0.0.1', port = 0, onRequest } = options;
  const settings = settingsOf(options);
  const ledger = createLedger(settings);
  const requests = createRequestLog();
  const timers = createTimers();
  const faults = createFaults();
  const callbacks = createCallbacks(ledger, settings, faults, timers);
  const bank = createBank({
    ledger,
    settings,
    timers,
    faults,
    announce: (operation) => callbacks.announce(operation),
  });
  const handlers = {
    payout: createPayout({ ledger, bank, settings }),
    check: createCheck(ledger),
    notify: createNotify(ledger, (operation) => callbacks.repeat(operation)),
    balance: createBalance(ledger),
    balance_statement: createStatement(ledger),
  };

  const app = fastify({ logger: false, forceCloseConnections: true });
  serveApi(app, { settings, ledger, handlers, faults, requests, callbacks, timers, onRequest });

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
  return {
    baseUrl: `http://${host}:${taken}`,
    port: taken,
    control: createControl({ ledger, bank, faults, requests, callbacks, settings }),
    close,
  };
}
