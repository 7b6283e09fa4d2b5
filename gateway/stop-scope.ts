import { PayoutInvalidError } from '../client/errors.js';
import { didYouMean } from '../domain/did-you-mean.js';
import type { AccountId } from '../domain/ids.js';
import type { Powers } from '../domain/roles.js';
import type { StopScope } from '../domain/stop.js';
import { ForbiddenError } from './errors.js';
import type { Provider } from '../providers/provider.js';

/** @throws ForbiddenError where a merchant's key would stop more than its own */
export function requireOwn(scope: StopScope, { merchant }: Powers): void {
  if (merchant === undefined || (scope.kind === 'merchant' && scope.value === merchant)) return;
  throw new ForbiddenError(
    `This key acts for merchant ${merchant} and stops that one alone: give the scope {"kind":"merchant","value":"${merchant}"}.`,
  );
}

/**
 * A stop of an account or provider that does not exist would stop nothing, and its operator believe otherwise. Merchants
 * are nowhere listed: what a stop of one covers is counted instead.
 *
 * @throws PayoutInvalidError with what was probably meant
 */
export function requireStoppable(scope: StopScope, providers: ReadonlyMap<AccountId, Provider>): void {
  if (scope.kind === 'all' || scope.kind === 'merchant') return;
  const { kind, value } = scope;
  const known =
    kind === 'account'
      ? [...providers.keys()]
      : [...new Set([...providers.values()].map((each) => each.protocol))];
  if (known.some((name) => name === value)) return;
  const remedy =
    `${didYouMean(value, known)}Known here: ${known.join(', ') || 'none'}. ` +
    `If the ${kind} is not in this gateway's accounts file, stop all.`;
  throw new PayoutInvalidError([
    { field: 'scope.value', problem: `is no ${kind} that is configured here`, remedy },
  ]);
}
