import { all2paySubject } from './all2pay/subject.js';
import { eightbDisbursementSubject } from './eightb-disbursement/subject.js';
import { eightbPaySubject } from './eightb-pay/subject.js';
import { payneteasySubject } from './payneteasy/subject.js';
import { startPaymentConformance } from './payments/run.js';
import type { PaymentSubject } from './payments/subject.js';
import { startConformance } from './run.js';
import type { Subject } from './subject.js';
import type { RunOptions, SuiteRun } from './suite-run.js';

/** Every provider that `npm run conformance` holds to the suite. */
export const SUBJECTS: readonly Subject[] = [all2paySubject, eightbDisbursementSubject, payneteasySubject];

/** Every provider that it holds to the suite of payments. */
export const PAYMENT_SUBJECTS: readonly PaymentSubject[] = [eightbPaySubject];

/** All of them by name, whichever suite they are held to. */
export const RUNS: ReadonlyMap<string, (options: RunOptions) => Promise<SuiteRun>> = new Map([
  ...SUBJECTS.map(
    (subject) =>
      [
        subject.registration.name,
        (options: RunOptions): Promise<SuiteRun> => startConformance(subject, options),
      ] as const,
  ),
  ...PAYMENT_SUBJECTS.map(
    (subject) =>
      [
        subject.registration.name,
        (options: RunOptions): Promise<SuiteRun> => startPaymentConformance(subject, options),
      ] as const,
  ),
]);
