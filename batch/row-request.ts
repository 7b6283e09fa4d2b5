import type { DestinationType, Recipient } from '../domain/payout-request.js';
import type { ColumnName } from './columns.js';
import type { RowCells } from './row-cells.js';

/**
 * The request that a row makes, as it stands: nothing is checked yet and all but the amount stays text. Columns of
 * another kind of destination are left out; `checkCells` complains of them.
 */
export function draftRequest(cells: RowCells, defaultMerchant: string | undefined): unknown {
  return compact({
    merchant: cells.get('merchant') ?? defaultMerchant,
    payoutId: cells.get('payout_id'),
    account: cells.get('account'),
    amount: { minor: Number(cells.get('amount')), currency: cells.get('currency') },
    destination: fieldsOf(cells, destinationFields(cells.get('destination')), {
      type: cells.get('destination'),
    }),
    source: sourceOf(cells.get('source_card')),
    recipient: fieldsOf(cells, RECIPIENT),
    description: cells.get('description'),
    returnUrls: fieldsOf(cells, RETURN_URLS),
    orderId: cells.get('order_id'),
    batch: cells.get('batch'),
  });
}

/** The payer's stored card; an empty cell is the account's own funds. */
function sourceOf(storedCardId: string | undefined): object | undefined {
  return storedCardId === undefined ? undefined : { type: 'stored_card', storedCardId };
}

type Fields = Readonly<Record<string, ColumnName>>;

const DESTINATIONS: Readonly<Record<DestinationType, Fields>> = {
  card: { number: 'card_number' },
  stored_card: { storedCardId: 'stored_card_id' },
  phone: { phone: 'phone', bankId: 'bank_id' },
  bank_account: { accountNumber: 'account_number', bankCode: 'bank_code' },
  wallet: { scheme: 'wallet_scheme', walletId: 'wallet_id' },
  hosted_page: {},
};

const RECIPIENT = {
  id: 'recipient_id',
  firstName: 'first_name',
  lastName: 'last_name',
  middleName: 'middle_name',
  email: 'email',
  phone: 'recipient_phone',
} as const satisfies Record<keyof Recipient, ColumnName>;

const RETURN_URLS = { success: 'return_url', failure: 'failure_url' } as const;

export const DESTINATION_TYPES = Object.keys(DESTINATIONS) as readonly DestinationType[];

export function isDestinationType(text: string): text is DestinationType {
  return Object.hasOwn(DESTINATIONS, text);
}

/** The columns that say where the money goes; all of a kind's columns must be filled in, and no other kind's. */
export function destinationColumns(type: DestinationType): readonly ColumnName[] {
  return Object.values(DESTINATIONS[type]);
}

function destinationFields(type: string | undefined): Fields {
  return type !== undefined && isDestinationType(type) ? DESTINATIONS[type] : {};
}

function fieldsOf(cells: RowCells, fields: Fields, start: object = {}): object | undefined {
  const object = {
    ...start,
    ...Object.fromEntries(Object.entries(fields).map(([f, c]) => [f, cells.get(c)])),
  };
  const filled = compact(object);
  return Object.keys(filled).length > 0 ? filled : undefined;
}

/** Without the fields that have no value. */
function compact(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Which column a field of the request came from, by its path; `destination.number` came from `card_number`. */
const COLUMN_OF_FIELD: Fields = {
  payoutId: 'payout_id',
  'amount.minor': 'amount',
  'amount.currency': 'currency',
  'destination.type': 'destination',
  'source.storedCardId': 'source_card',
  returnUrls: 'return_url',
  orderId: 'order_id',
  ...paths('destination', Object.assign({}, ...Object.values(DESTINATIONS)) as Fields),
  ...paths('recipient', RECIPIENT),
  ...paths('returnUrls', RETURN_URLS),
};

function paths(parent: string, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, name]) => [`${parent}.${field}`, name]));
}

export function columnOfField(path: string): string {
  return COLUMN_OF_FIELD[path] ?? path;
}
