/**
 * The columns of a payout file, in the order in which people read them. `digits`: the cell holds digits and nothing
 * else, so what a spreadsheet makes of long numbers is caught by name.
 */
export const COLUMNS = {
  payout_id: { required: true },
  merchant: {},
  account: { required: true },
  amount: { required: true, digits: true },
  currency: { required: true },
  destination: { required: true },
  card_number: { digits: true, secret: true },
  stored_card_id: {},
  source_card: {},
  phone: { digits: true },
  bank_id: { digits: true },
  account_number: {},
  bank_code: {},
  wallet_scheme: {},
  wallet_id: {},
  recipient_id: {},
  first_name: {},
  last_name: {},
  middle_name: {},
  email: {},
  recipient_phone: { digits: true },
  description: {},
  return_url: {},
  failure_url: {},
  order_id: {},
  batch: {},
  expect: {},
  visitor: {},
} as const satisfies Record<string, Column>;

interface Column {
  readonly required?: boolean;
  readonly digits?: boolean;
  /** What it holds is never shown, not even in an error. */
  readonly secret?: boolean;
}

export type ColumnName = keyof typeof COLUMNS;

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

export function column(name: ColumnName): Column {
  return COLUMNS[name];
}

export function isColumnName(text: string): text is ColumnName {
  return Object.hasOwn(COLUMNS, text);
}

/** `Payout ID` and `payout-id` mean `payout_id`. */
export function normalizeColumnName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

export function describeColumns(): string {
  return COLUMN_NAMES.join(', ');
}
