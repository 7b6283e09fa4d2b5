import { fault } from './fault.js';
import { strict } from './strict.js';
import { timeSchema } from './time.js';

/** The query of `GET /v1/accounts/:account/statement` and `…/registry`. */
export const timeSpanSchema = strict(
  { from: timeSchema('At or after.'), to: timeSchema('Before.') },
  'Give from and to.',
).superRefine(({ from, to }, context) => {
  if (Date.parse(from) < Date.parse(to)) return;
  const message = fault('is not after from', 'Give a later time.');
  context.addIssue({ code: 'custom', path: ['to'], message });
});
