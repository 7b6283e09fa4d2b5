import { checkRow } from '../batch/check-row.js';
import { column, COLUMN_NAMES, type ColumnName } from '../batch/columns.js';
import { destinationColumns, DESTINATION_TYPES } from '../batch/row-request.js';
import type { PayoutRequestInput } from '../schemas/payout-request.js';
import { parsePayoutRequest } from '../schemas/payout-request.js';
import { PayoutInvalidError } from '../client/errors.js';
import { readCardNumber } from './card-prompt.js';
import { usageError } from './cli-error.js';
import type { CliIo } from './io.js';
import { readJsonInput } from './json-input.js';

/** The columns of a payout file that are options of `create`; a card number is none, and the demo's own are not. */
export const CREATE_COLUMNS = COLUMN_NAMES.filter(
  (name) => column(name).secret !== true && name !== 'expect' && name !== 'visitor',
);

export function flagOf(name: string): string {
  return `--${name.replaceAll('_', '-')}`;
}

export interface CreateFlags {
  /** By commander's names: `payoutId` for `--payout-id`. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly cardNumberStdin: boolean;
}

/** The request that the options make; the same checks and words as for a row of a file. */
export async function requestFromFlags(
  io: CliIo,
  { values, cardNumberStdin }: CreateFlags,
): Promise<PayoutRequestInput> {
  const cells = new Map<ColumnName, string>();
  for (const name of CREATE_COLUMNS) {
    const value = values[name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())];
    if (typeof value === 'string' && value.trim() !== '') cells.set(name, value.trim());
  }
  const destination = cells.get('destination') ?? destinationOf(cells, cardNumberStdin);
  if (destination !== undefined) cells.set('destination', destination);
  if (destination === 'card')
    cells.set('card_number', await readCardNumber(io, { fromStdin: cardNumberStdin }));

  const checked = checkRow(cells, undefined);
  if (checked.ok) return checked.request;
  throw usageError(
    ...checked.problems.map(({ column: name = '', problem, remedy }) => {
      const where = name === 'card_number' ? 'the card number' : flagOf(name);
      return `${where}: ${problem}. ${name === 'merchant' ? 'Name the merchant.' : remedy}`;
    }),
  );
}

/** What the other options leave no doubt about. */
function destinationOf(cells: ReadonlyMap<ColumnName, string>, card: boolean): string | undefined {
  if (card) return 'card';
  return DESTINATION_TYPES.find((type) => destinationColumns(type).some((name) => cells.has(name)));
}

/** A request as the client library takes it, as JSON from a file or, for `-`, from stdin. */
export async function requestFromJson(io: CliIo, path: string): Promise<PayoutRequestInput> {
  const parsed = parsePayoutRequest(await readJsonInput(io, path));
  if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
  return parsed.request;
}
