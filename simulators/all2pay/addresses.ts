/** The provider's own pages, as answers name them. All2pay payouts document §5 and §7. */
import type { Order } from './order.js';

export const FINISH_PATH = '/payouts/api/v2/finish3DSv2.do';
export const ACS_PATH = '/sim/acs';

export interface Addresses {
  /** The hosted page of an order. */
  form(order: Order): string;
  /** Where a browser POSTs a 3DS form to. */
  acs(mdOrder: string): string;
  /** The same for a browser that comes with GET: `shortUrl`. */
  acsRedirect(mdOrder: string): string;
  /** `termUrl`. */
  finish(): string;
}

/** `origin` is known once the server listens. */
export function createAddresses(origin: () => string): Addresses {
  return {
    form: ({ login, orderId, language = 'en' }) =>
      `${origin()}/payment/merchants/${encodeURIComponent(login)}/payment_${language}.html?mdOrder=${orderId}`,
    acs: (mdOrder) => `${origin()}${ACS_PATH}?mdOrder=${mdOrder}`,
    acsRedirect: (mdOrder) => `${origin()}${ACS_PATH}?orderId=${mdOrder}`,
    finish: () => `${origin()}${FINISH_PATH}`,
  };
}
