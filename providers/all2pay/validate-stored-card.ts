import type { Problem } from '../../domain/problem.js';
import type { SealedStoreCardRequest } from '../../domain/stored-card.js';
import { MAX_CLIENT_ID } from './client-fields.js';
import { returnUrlProblems } from './validate-urls.js';

/** What All2pay would certainly refuse to store (All2pay payouts document §7a). Pure. */
export function validateStoredCard(request: SealedStoreCardRequest): readonly Problem[] {
  const { ownerId, purpose, card, returnUrls } = request;
  const problems: Problem[] = [];
  if (ownerId.length < 1 || ownerId.length > MAX_CLIENT_ID) {
    const problem = `${ownerId.length} characters, must be 1 to ${MAX_CLIENT_ID}`;
    problems.push({ field: 'ownerId', problem, remedy: 'Shorten it' });
  }
  if (purpose === 'source' && card.cvvSecretId === undefined) {
    problems.push({
      field: 'card.cvv',
      problem: "is missing; All2pay stores a payer's card only with its verification code",
      remedy: 'Give the three or four digits from the card',
    });
  }
  if (purpose === 'destination' && card.cvvSecretId !== undefined) {
    problems.push({
      field: 'card.cvv',
      problem: "is not wanted for a recipient's card",
      remedy: 'Leave it out: what is not needed should not travel',
    });
  }
  return [...problems, ...returnUrlProblems(returnUrls)];
}
