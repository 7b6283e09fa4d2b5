import type { Engine } from './context.js';
import { callGateway } from './gateway-api.js';
import type { CliIo } from './io.js';
import { printCsv } from './print-csv.js';

/** The most that the gateway puts on a page. */
const PAGE = '200';

interface Listing<Item> {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly parse: (answer: unknown) => {
    readonly items: readonly Item[];
    readonly nextCursor?: string | undefined;
  };
  readonly columns: readonly string[];
  readonly row: (item: Item) => object;
}

/** Prints a whole list for a spreadsheet, page after page: whoever exports means all of it. */
export async function exportPages<Item>(io: CliIo, engine: Engine, listing: Listing<Item>): Promise<void> {
  const { path, query, parse, columns, row } = listing;
  let header = true;
  let { cursor } = query;
  do {
    const { items, nextCursor } = parse(
      await callGateway(engine, { path, query: { ...query, limit: PAGE, cursor } }),
    );
    printCsv(io, columns, items.map(row), { header });
    header = false;
    cursor = nextCursor;
  } while (cursor !== undefined);
}
