import { payneteasySubject } from '../../conformance/index.js';
import { holdToSuite } from './hold-to-suite.js';

holdToSuite(payneteasySubject);
