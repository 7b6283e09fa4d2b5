import type { NotSent } from '../../domain/provider-answer.js';
import type { Order } from '../port.js';
import type { PayneteasyConfig } from './config.js';

/** The longest address of ours that the gateway takes (Payneteasy §6.1). */
const MAX_LENGTH = 128;

const DOCUMENTED_PORTS: Readonly<Record<string, readonly string[]>> = {
  'http:': ['', '80', '8080'],
  'https:': ['', '443', '8443'],
};

/**
 * Why the addresses that the engine adds cannot be sent; undefined when they can. Such an order would be refused, or
 * its callbacks would silently never come (§8), so it is better not sent.
 */
export function unfitAddress(order: Order, config: PayneteasyConfig): NotSent | undefined {
  const { callbackField, callbackPorts } = config;
  const callbackUrl = callbackField === 'none' ? undefined : order.callbackUrl;
  const addresses = [
    { what: 'callback address', url: callbackUrl },
    { what: 'return address', url: order.returnUrls?.success },
  ];
  for (const { what, url } of addresses) {
    if (url === undefined || url.length <= MAX_LENGTH) continue;
    return notSent(`The ${what} has ${url.length} characters; the provider takes ${MAX_LENGTH}`);
  }
  if (callbackUrl === undefined || callbackPorts === 'any' || isCallable(callbackUrl)) return undefined;
  const remedy = 'change the public address, or set callbackField: none and go by polls alone';
  return notSent(`The provider calls back on ports 80, 8080, 443 and 8443 only; ${remedy}`);
}

function isCallable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, port } = new URL(url);
  return DOCUMENTED_PORTS[protocol]?.includes(port) ?? false;
}

function notSent(message: string): NotSent {
  return { kind: 'not_sent', code: 'unfit_address', message };
}
