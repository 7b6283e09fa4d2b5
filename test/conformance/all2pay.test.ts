import { all2paySubject } from '../../conformance/index.js';
import { holdToSuite } from './hold-to-suite.js';

holdToSuite(all2paySubject);
