import { eightbPaySubject } from '../../conformance/index.js';
import { holdToPaymentSuite } from './hold-to-payment-suite.js';

holdToPaymentSuite(eightbPaySubject);
