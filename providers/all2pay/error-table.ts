/**
 * D: business decline, final for this order number. B: our request or configuration was wrong, nothing was executed.
 * A: ambiguous, only the status tells. R: may be repeated as it is; on reads every row is (All2pay payouts document §11).
 */
export type ErrorClass = 'D' | 'B' | 'A' | 'R';

export interface ErrorRow {
  /** The row's number in the document. */
  readonly row: number;
  readonly http: number;
  /** The `errorCode`; null where the answer has none. */
  readonly code: string | null;
  /** The whole message, or a pattern for the whole message; compared after `normalise`. */
  readonly text: string | RegExp;
  /** A message that fits a pattern. */
  readonly example?: string;
  readonly class: ErrorClass;
  /**
   * Not a result before one status query agrees: the document says so of the row, or the row is told from others of
   * another class by its text alone (§11.2 rules 1 and 2).
   */
  readonly confirm: boolean;
  /** B becomes D when the message is about the recipient's data. */
  readonly recipientData?: RegExp;
}

const CONFIRM = true;
const AT_ONCE = false;

/** All2pay payouts document §11.1. */
export const ERROR_TABLE: readonly ErrorRow[] = [
  row(1, 200, '116', 'Insufficient funds', 'D', CONFIRM),
  row(2, 200, '121', 'Limit is depleted', 'D', CONFIRM),
  row(3, 200, '902', 'Card is restricted', 'D', AT_ONCE),
  row(4, 400, '98', /^\S+ is a required parameter$/, 'B', CONFIRM, 'amount is a required parameter'),
  {
    ...row(5, 400, '98', /^\S+ does not match required pattern.*$/, 'B', CONFIRM),
    example: 'description does not match required pattern .{0,598}',
    recipientData: /^\[?(target|pan|phone|bankId|lastName|firstName|middleName|client)\b/,
  },
  row(
    6,
    400,
    '98',
    /^Errors while parsing incoming request: .+ is not set for method .+$/,
    'B',
    CONFIRM,
    'Errors while parsing incoming request: amount is not set for method performPayout',
  ),
  row(7, 400, '98', 'Invalid request', 'B', CONFIRM),
  row(8, 400, '98', 'No order identification provided to find order in database', 'B', CONFIRM),
  row(9, 400, '98', 'Order not found in payout proxy. Check orderId or orderNumber', 'A', AT_ONCE),
  row(10, 400, '98', 'Currency does not match required pattern', 'B', CONFIRM),
  row(11, 400, '98', 'Card affiliation does not match required pattern', 'D', CONFIRM),
  row(12, 400, '98', 'userName and password are mandatory fields', 'B', CONFIRM),
  row(
    13,
    400,
    '98',
    'Payout config error: debit method is incorrect for specified payout type',
    'B',
    CONFIRM,
  ),
  row(
    14,
    400,
    '98',
    'Source is not specified or is incorrect compared to configured debit tools',
    'B',
    CONFIRM,
  ),
  row(15, 400, '98', 'Invalid request. client.name is empty', 'B', CONFIRM),
  row(
    16,
    400,
    '98',
    /^The order ?\[?[^\]]*\]? is not registered in the gateway and contains errors\. Please register a new order$/,
    'D',
    CONFIRM,
    'The order[PO-90aa12] is not registered in the gateway and contains errors. Please register a new order.',
  ),
  row(17, 401, '90', 'User not authenticated', 'B', AT_ONCE),
  row(18, 401, '90', /^Wrong password for user .+$/, 'B', AT_ONCE, 'Wrong password for user acme-api'),
  row(19, 404, null, '', 'B', AT_ONCE),
  row(20, 500, '99', 'Order was not processed correctly. Please check order status manually', 'A', AT_ONCE),
  row(21, 500, '99', 'No merchant settings available', 'B', CONFIRM),
  row(22, 500, '99', 'There was an error getting gateway parameters', 'B', CONFIRM),
  row(
    23,
    500,
    '99',
    /^Failed to parse incoming request for .+$/,
    'B',
    CONFIRM,
    'Failed to parse incoming request for performPayout',
  ),
  row(
    24,
    502,
    '99',
    /^Failed to call hessian method:? .+$/,
    'A',
    AT_ONCE,
    'Failed to call hessian method: p2p',
  ),
  row(25, 502, '99', /^Error calling rest method .+$/, 'A', AT_ONCE, 'Error calling rest method p2p/credit'),
  row(26, 502, '99', 'Rest response was unsuccessfull', 'A', AT_ONCE),
  row(27, 502, '99', '3DS authorization was requested but is not supported in API calls', 'D', CONFIRM),
  row(28, 502, '99', 'Unable to get card data for specified bindingId', 'D', CONFIRM),
  row(
    29,
    502,
    '204',
    /^Cannot find any bin range in db for .+$/,
    'D',
    AT_ONCE,
    'Cannot find any bin range in db for 000000',
  ),
  row(30, 502, '204', 'Unsupported pan', 'D', AT_ONCE),
  row(31, 502, '400', 'Invalid request: bin is empty or is not numeric', 'B', AT_ONCE),
  row(32, 502, '98', "Mrbin can't find this card", 'D', AT_ONCE),
  row(33, 504, '91', /^Timeout when requesting .+$/, 'A', AT_ONCE, 'Timeout when requesting gateway'),
  row(34, 504, '91', /^Timeout when requesting .+$/, 'A', AT_ONCE, 'Timeout when requesting payout_service'),
];

/** Pairs of HTTP status and code that mean the same whatever the text says (§11.2 rule 1). */
export const UNAMBIGUOUS: ReadonlySet<string> = new Set([
  '200/116',
  '200/121',
  '200/902',
  '401/90',
  '404/-',
  '502/204',
  '502/400',
  '502/98',
  '504/91',
]);

function row(
  number: number,
  http: number,
  code: string | null,
  text: string | RegExp,
  errorClass: ErrorClass,
  confirm: boolean,
  example?: string,
): ErrorRow {
  return {
    row: number,
    http,
    code,
    text,
    class: errorClass,
    confirm,
    ...(example !== undefined && { example }),
  };
}
