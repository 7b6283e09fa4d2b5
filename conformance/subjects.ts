import { all2paySubject } from './all2pay/subject.js';
import { eightbDisbursementSubject } from './eightb-disbursement/subject.js';
import { payneteasySubject } from './payneteasy/subject.js';
import type { Subject } from './subject.js';

/** Every provider that `npm run conformance` holds to the suite. */
export const SUBJECTS: readonly Subject[] = [all2paySubject, eightbDisbursementSubject, payneteasySubject];
