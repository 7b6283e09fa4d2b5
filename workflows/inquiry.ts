import { inquiring, journal } from './calls.js';
import type { Inquiry, InquiryResult } from '../domain/inquiry.js';

/**
 * Answers one inquiry: about an account by asking its provider on the account's own queue, about stored cards from the
 * journal. It runs as a workflow so that a client needs Temporal alone, and operators see who asked what.
 */
export async function inquiry(input: Inquiry): Promise<InquiryResult> {
  if ('account' in input) return inquiring(input.account, `${input.ask} ${input.account}`).inquire(input);
  return journal.lookUp(input);
}
