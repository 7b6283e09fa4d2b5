/** What is kept of a request: never a card number, a password or anything else of a stranger's body. */
import { loginNameOf } from './authentication.js';
import type { JsonObject } from './fields.js';
import { isObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { PostMethod, RequestInfo } from './request-log.js';

/** Only what has the shape of an order number is kept as one. */
const SHAPE = /^[A-Za-z0-9_-]{1,32}$/;

export function requestInfo(method: PostMethod, body: JsonObject, ledger: Ledger): RequestInfo {
  const { orderNumber, orderId, amount } = body;
  const known =
    typeof orderId === 'string' ? (ledger.findById(orderId) ?? ledger.findCardOrderById(orderId)) : undefined;
  const shaped = typeof orderNumber === 'string' && SHAPE.test(orderNumber);
  return {
    method,
    login: loginNameOf(body)?.slice(0, 30),
    orderNumber: known?.orderNumber ?? (shaped ? orderNumber : undefined),
    orderId: known?.orderId,
    amount: typeof amount === 'number' ? amount : undefined,
    target: targetKind(body['target']),
  };
}

function targetKind(target: unknown): RequestInfo['target'] {
  if (!isObject(target)) return undefined;
  if (target['pan'] !== undefined || target['card'] !== undefined) return 'pan';
  return (['bindingId', 'seToken', 'phone'] as const).find((name) => target[name] !== undefined);
}
