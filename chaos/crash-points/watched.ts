import type { EngineAccount } from '../../activities/deps.js';
import type { AccountId } from '../../domain/ids.js';
import type { Rewire } from '../../workers/rewire.js';
import type { Watch } from './watch.js';

/** Journal and providers as they are, with every asynchronous call of the watched payout told before and after. */
export function watched(watch: Watch): Rewire {
  return ({ journal, accounts }) => ({
    journal: watchedObject(journal, 'journal', watch),
    accounts: new Map(
      [...accounts].map(([id, account]): [AccountId, EngineAccount] => [
        id,
        { ...account, provider: watchedObject(account.provider, 'provider', watch) },
      ]),
    ),
  });
}

/**
 * By what the object has, not by a list: a method that is added tomorrow is watched tomorrow. What an asynchronous
 * call gives back may have methods of its own (a built request, which can be sent).
 */
function watchedObject<T extends object>(object: T, name: string, watch: Watch, isConcerned = false): T {
  return new Proxy(object, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      const path = `${name}.${String(property)}`;
      if (typeof value === 'function') {
        return watchedMethod(
          (...args) => Reflect.apply(value, target, args) as unknown,
          path,
          watch,
          isConcerned,
        );
      }
      return hasMethods(value) ? watchedObject(value, path, watch, isConcerned) : value;
    },
  });
}

function watchedMethod(
  call: (...args: unknown[]) => unknown,
  path: string,
  watch: Watch,
  isConcerned: boolean,
): (...args: unknown[]) => unknown {
  return (...args) => {
    if (!isConcerned && !watch.concerns(args)) return call(...args);
    watch.pass(`${path} before`);
    const result = call(...args);
    // What answers at once lies between two other points.
    if (!(result instanceof Promise)) return result;
    return result.then((value: unknown) => {
      watch.pass(`${path} after`);
      return hasMethods(value) ? watchedObject(value, path, watch, true) : value;
    });
  };
}

function hasMethods(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).some((part) => typeof part === 'function');
}
