import { pocketPaySubject } from '../../examples/own-provider/subject.js';
import { holdToSuite } from '../conformance/hold-to-suite.js';

holdToSuite(pocketPaySubject);
