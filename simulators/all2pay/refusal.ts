/** All2pay payouts document §11.1: every row of the error table, by its number. */

type Row = readonly [httpStatus: number, errorCode: string, message: string];

/** `%1` and `%2` stand for what the row names. Row 19 has no JSON body: nothing but a proxy's page. */
const ROWS: Readonly<Record<number, Row>> = {
  1: [200, '116', 'Insufficient funds'],
  2: [200, '121', 'Limit is depleted'],
  3: [200, '902', 'Card is restricted'],
  4: [400, '98', '[%1] is a required parameter'],
  5: [400, '98', '[%1] does not match required pattern [%2]'],
  6: [400, '98', 'Errors while parsing incoming request: [%1] is not set for method [%2]'],
  7: [400, '98', 'Invalid request'],
  8: [400, '98', 'No order identification provided to find order in database'],
  9: [400, '98', 'Order not found in payout proxy. Check orderId or orderNumber'],
  10: [400, '98', 'Currency does not match required pattern'],
  11: [400, '98', 'Card affiliation does not match required pattern'],
  12: [400, '98', 'userName and password are mandatory fields'],
  13: [400, '98', 'Payout config error: debit method is incorrect for specified payout type'],
  14: [400, '98', 'Source is not specified or is incorrect compared to configured debit tools'],
  15: [400, '98', 'Invalid request. client.name is empty'],
  16: [
    400,
    '98',
    'The order[%1] is not registered in the gateway and contains errors. Please register a new order.',
  ],
  17: [401, '90', 'User not authenticated'],
  18: [401, '90', 'Wrong password for user [%1]'],
  19: [404, '', 'Not Found'],
  20: [500, '99', 'Order was not processed correctly. Please check order status manually'],
  21: [500, '99', 'No merchant settings available'],
  22: [500, '99', 'There was an error getting gateway parameters'],
  23: [500, '99', 'Failed to parse incoming request for [%1]'],
  24: [502, '99', 'Failed to call hessian method: [%1]'],
  25: [502, '99', 'Error calling rest method [%1]'],
  26: [502, '99', 'Rest response was unsuccessfull'],
  27: [502, '99', '3DS authorization was requested but is not supported in API calls'],
  28: [502, '99', 'Unable to get card data for specified bindingId'],
  29: [502, '204', 'Cannot find any bin range in db for [%1]'],
  30: [502, '204', 'Unsupported pan'],
  31: [502, '400', 'Invalid request: bin is empty or is not numeric'],
  // The provider prints U+2423 for the blanks.
  32: [502, '98', "Mrbin\u2423can't\u2423find\u2423this\u2423card"],
  33: [504, '91', 'Timeout when requesting [%1]'],
  34: [504, '91', 'Timeout when requesting [%1]'],
};

/** Thrown by any check; the API answers it as the row says, the hosted page shows its message. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly row: number,
    readonly httpStatus: number,
    /** Empty: the answer is HTML with the message, as from a proxy. */
    readonly errorCode: string,
    message: string,
  ) {
    super(message);
  }
}

/** Row `row` of the table, 1 to 34, e.g. `refusal(4, 'amount')`. */
export function refusal(row: number, first = '', second = ''): Refusal {
  const found = ROWS[row];
  if (!found) throw new RangeError(`The error table has no row ${row}.`);
  const [httpStatus, errorCode, message] = found;
  return new Refusal(
    row,
    httpStatus,
    errorCode,
    message.replace('%1', () => first).replace('%2', () => second),
  );
}

export function isRow(row: number): boolean {
  return row in ROWS;
}

/** §10.3: what the bank says for the declines that §11.1 rows 1-3 and §18 name. */
const ACTION_WORDS: Readonly<Record<number, string>> = {
  0: 'Processed',
  5: 'Network refused to carry out the transaction',
  116: 'Insufficient funds',
  121: 'Limit is depleted',
  902: 'Card is restricted',
  2003: 'Non-3DS operation is forbidden',
  [-2006]: 'Authentication failed',
  [-100]: 'There were no payment attempts',
  [-2007]: 'Card data input time expired',
};

export function actionWords(actionCode: number): string {
  return ACTION_WORDS[actionCode] ?? 'Declined';
}

/** The row that answers a decline at once, if it has one. */
export function rowOfActionCode(actionCode: number): number | undefined {
  return { 116: 1, 121: 2, 902: 3 }[actionCode];
}
