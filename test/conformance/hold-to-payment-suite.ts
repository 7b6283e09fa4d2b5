import { startPaymentConformance, type PaymentSubject } from '../../conformance/index.js';
import { PAYMENT_SCENARIO_GROUPS } from '../../conformance/payments/scenarios/index.js';
import { holdRun } from './hold-to-suite.js';

/** Declares a test for each row of the suite of payments, each variant, and the provider's section of docs/providers.md. */
export function holdToPaymentSuite(subject: PaymentSubject): void {
  holdRun({
    name: subject.registration.name,
    start: (options) => startPaymentConformance(subject, options),
    groups: PAYMENT_SCENARIO_GROUPS.map(({ title, scenarios }) => ({
      title,
      names: scenarios.map(({ name }) => name),
    })),
    variants: subject.variants,
  });
}
