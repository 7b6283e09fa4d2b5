/**
 * How the provider behaves where its document leaves it open. Each field is one open question or assumption; a merchant
 * may have its own answers. Sections are those of the Payneteasy document.
 */
export interface Variant {
  // What is asked of requests
  /** What our order id is called in payouts (§6.1). @default 'client_orderid' */
  readonly orderIdField: 'client_orderid' | 'client-order-id';
  /** Refused without them, beside what every payout needs (§6.1). @default [] */
  readonly requiredFields: readonly string[];
  /** How far `oauth_timestamp` may be off, in s (§4.1, §13). @default 300 */
  readonly clockWindowSecs: number;
  /** Is a nonce that came before refused (§4.1)? @default 'refused' */
  readonly repeatedNonce: 'refused' | 'taken';

  // How answers are written (§5)
  /** Does `Accept: application/vnd.pay+json` do anything? @default 'offered' */
  readonly json: 'offered' | 'ignored';
  /** The label on JSON. @default 'application/json' */
  readonly jsonType: 'application/json' | 'text/html';
  /** How JSON says no: by 4xx or in a 200, as a form does. @default 400 */
  readonly jsonRejection: 400 | 200;
  /** @default 'kebab' */
  readonly names: 'kebab' | 'snake';
  /** @default 'string' */
  readonly errorCodeAs: 'string' | 'number';
  /** `150.50`, `150.5`, or a JSON number. @default 'padded' */
  readonly amountAs: 'padded' | 'short' | 'number';
  /** Of HTTP 403. @default 'html' */
  readonly forbiddenBody: 'html' | 'error' | 'empty';

  // What a status says (§6.5)
  /** @default 'both' */
  readonly statusIds: 'both' | 'ours' | 'none';
  /** @default 'said' */
  readonly statusAmount: 'said' | 'absent';
  /** What stands for "processing". @default 'processing' */
  readonly processingAs: 'processing' | 'absent';
  /** What a payout's transaction is called in status and callbacks; empty: nothing is said. @default 'payout' */
  readonly transactionType: string;
  /** `processor-rrn` of what was approved. @default 'said' */
  readonly rrn: 'said' | 'absent';
  /** How a question about an order that is not there is refused (§13). @default 'error' */
  readonly notFoundAs: 'error' | 'validation-error';
  /** May one ask with our own id alone? @default 'answered' */
  readonly withoutOrderId: 'answered' | 'refused';

  // Orders (§10)
  /** What a second payout with the same order id does. @default 'replay' */
  readonly duplicateOrder: 'replay' | 'reject' | 'execute_again';
  /** What a payout-pay does whose order is not the ready one (§6.4). @default 'reject_with_id' */
  readonly repeatedPay: 'reject_with_id' | 'reject' | 'replay';
  /** What a checked order looks like (§6.3). @default 'stage' */
  readonly readyAs: 'stage' | 'approved_check';
  /** Which step of two declines (§6.3). @default 'check' */
  readonly declinesAt: 'check' | 'pay';
  /** What becomes of a form that nobody uses (§12 scenario 05). @default 'declined' */
  readonly redirectExpiry: 'declined' | 'never';
  /** Does "unknown" end (§13)? @default 'approved' */
  readonly unknownEnds: 'approved' | 'declined' | 'never';
  /** Can "error" turn (§13)? @default 'never' */
  readonly errorTurns: 'never' | 'approved';

  // Callbacks (§8)
  /** @default 'on' */
  readonly callbacks: 'on' | 'off';
  /** Is `type` said? @default 'said' */
  readonly callbackType: 'said' | 'absent';

  // Balance (§6.6)
  /** How several balances stand beside each other. @default 'balances' */
  readonly balanceShape: 'balances' | 'list' | 'single';
}

export type VariantChanges = { readonly [Name in keyof Variant]?: Variant[Name] | undefined };

/** Every field with its default; its names are all the names there are. */
export const PAYNETEASY_VARIANT_DEFAULTS: Variant = {
  orderIdField: 'client_orderid',
  requiredFields: [],
  clockWindowSecs: 300,
  repeatedNonce: 'refused',
  json: 'offered',
  jsonType: 'application/json',
  jsonRejection: 400,
  names: 'kebab',
  errorCodeAs: 'string',
  amountAs: 'padded',
  forbiddenBody: 'html',
  statusIds: 'both',
  statusAmount: 'said',
  processingAs: 'processing',
  transactionType: 'payout',
  rrn: 'said',
  notFoundAs: 'error',
  withoutOrderId: 'answered',
  duplicateOrder: 'replay',
  repeatedPay: 'reject_with_id',
  readyAs: 'stage',
  declinesAt: 'check',
  redirectExpiry: 'declined',
  unknownEnds: 'approved',
  errorTurns: 'never',
  callbacks: 'on',
  callbackType: 'said',
  balanceShape: 'balances',
};

/** `base` with what `changes` says; a field left undefined changes nothing. */
export function varied(base: Variant, changes: VariantChanges = {}): Variant {
  const given = Object.entries(changes).filter(
    ([name, value]) => name in PAYNETEASY_VARIANT_DEFAULTS && value !== undefined,
  );
  return { ...base, ...(Object.fromEntries(given) as Partial<Variant>) };
}
