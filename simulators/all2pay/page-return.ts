/** Where the browser goes after the hosted page. All2pay payouts document §5 `returnQueryParams` and `failUrlFallback`. */
import type { Order } from './order.js';
import type { ReturnParam } from './variant.js';

export function returnAddress(order: Order, language: string, params: readonly ReturnParam[]): string {
  const { orderId, orderNumber, returnUrl = '', failUrl } = order;
  const values: Record<ReturnParam, string> = { orderId, orderNumber, lang: language };
  const base = order.status === '6' ? (failUrl ?? returnUrl) : returnUrl;
  return new URL(
    withParams(
      base,
      params.map((name): [string, string] => [name, values[name]]),
    ),
  ).href;
}

/** Appends to the query and leaves what is there as it is. */
export function withParams(url: string, params: readonly (readonly [string, string])[]): string {
  if (params.length === 0) return url;
  const [address = '', fragment] = url.split(/#(.*)/s);
  const query = params
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const join = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  return `${address}${join}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
