import type { PaymentProvider } from './payment-port.js';
import type { PayoutProvider } from './port.js';

/** One account at one provider: it pays people, or it takes payments. `kind` tells which. */
export type Provider = PayoutProvider | PaymentProvider;

export type ProviderKind = Provider['kind'];
export type ProviderOf<Kind extends ProviderKind> = Extract<Provider, { readonly kind: Kind }>;
