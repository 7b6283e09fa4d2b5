import type { ActivityDeps } from './deps.js';
import type { AccountId, OrderId } from '../domain/ids.js';
import type { ReturnUrls } from '../domain/payout-request.js';

/** Browsers come back by our gateway, which tells the workflow and then sends them on to the merchant's pages. */
export function returnDoors(
  { publicUrl }: Pick<ActivityDeps, 'publicUrl'>,
  { account, orderId }: { readonly account: AccountId; readonly orderId: OrderId },
  merchantPages: ReturnUrls,
): ReturnUrls {
  if (publicUrl === undefined) return merchantPages;
  const door = `${base(publicUrl)}/return/${account}/${orderId}`;
  return { success: `${door}?to=success`, failure: `${door}?to=failure` };
}

/** Where the account's provider may send its callbacks. */
export function callbackDoor(
  { publicUrl }: Pick<ActivityDeps, 'publicUrl'>,
  account: AccountId,
): string | undefined {
  return publicUrl === undefined ? undefined : `${base(publicUrl)}/callbacks/${account}`;
}

function base(publicUrl: string): string {
  return publicUrl.replace(/\/$/, '');
}
