import type { PayoutReading } from './reading.js';
import type { EightbResponse } from './responses.js';

/** Is an answer about the order that we asked about (8b Disbursement §5.1: `id`)? */
export function echoOf(
  { id }: EightbResponse,
  { orderId, config }: PayoutReading,
): 'ours' | 'another' | 'missing' {
  if (id === undefined) return config.requireIdEcho ? 'missing' : 'ours';
  return id === orderId ? 'ours' : 'another';
}
