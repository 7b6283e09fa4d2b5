import type { MetricMeter } from '@temporalio/common';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogLevel } from '@temporalio/worker';
import type { Log } from './log.js';

const WINSTON_LEVEL: Readonly<Record<LogLevel, string>> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/**
 * Temporal's own log lines go through ours. Call before the first connection. Signals are ours to handle, so that
 * gateway, workers and servers of one process stop in the right order.
 *
 * @returns the meter for metrics of ours, shown at the same address as Temporal's; it counts nothing without one
 */
export function installRuntime(log: Log, metricsAddress?: string): MetricMeter {
  // One per process: a second embedded engine in it shares the first one's.
  if (Runtime._instance) return Runtime._instance.metricMeter;
  const runtime = Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log.log(WINSTON_LEVEL[level], message, meta);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN' }) },
      ...(metricsAddress === undefined
        ? {}
        : { metrics: { prometheus: { bindAddress: metricsAddress, countersTotalSuffix: true } } }),
    },
  });
  return runtime.metricMeter;
}
