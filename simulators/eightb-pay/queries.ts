/** `/pay/get_orders_data` and `/pay/get_report`. 8b.world /pay §4.2 and §4.3. */
import { toDecimal } from './decimal.js';
import type { Answer } from './envelope.js';
import { optionalText, type JsonObject } from './fields.js';
import type { Ledger } from './ledger.js';
import type { Transaction } from './order.js';
import { readMinute } from './pay-document.js';
import type { Handler } from './payments.js';
import { invalid, Refusal } from './refusal.js';
import type { Shop } from './settings.js';
import { systemCurrency, systemMinor, wireItem, wireStatus } from './wire-transaction.js';

export function createQueries(ledger: Ledger): { readonly status: Handler; readonly report: Handler } {
  function asked(shop: Shop, document: JsonObject): Transaction[] {
    const id = document['transaction_id'];
    if (id !== undefined) {
      const found = ledger.transaction(Number(id));
      return found?.apiKey === shop.apiKey ? [found] : [];
    }
    const reference = optionalText(document, 'reference');
    if (reference === undefined) throw invalid('transaction_id or reference', 'is required');
    return ledger.transactionsOf(shop.apiKey, reference);
  }

  return {
    status: (shop, document) => {
      const items = asked(shop, document).map((transaction) => wireItem(transaction, shop.variant));
      const reference = document['reference'];
      const known = typeof reference === 'string' && ledger.order(shop.apiKey, reference) !== undefined;
      if (items.length === 0 && !known && shop.variant.unknownOrder === 'failure')
        throw new Refusal('not_found', 'Order not found');
      return { kind: 'document', document: { items } };
    },
    report: (shop, document): Answer => {
      const { variant, apiKey } = shop;
      const minute = (name: string, otherwise: number): number => {
        const text = optionalText(document, name);
        return text === undefined ? otherwise : readMinute(name, text, variant.zone);
      };
      const [from, to] = [minute('time_start', 0), minute('time_end', Infinity)];
      const { status } = document;
      const found = ledger
        .transactions()
        .filter((one) => one.apiKey === apiKey && one.createdAt >= from && one.createdAt <= to)
        .filter((one) => status === undefined || one.status === String(status as unknown));
      const size = variant.reportPageSize;
      const page = Math.max(1, Number(document['page'] ?? 1));
      const items = found.slice((page - 1) * size, page * size).map((one) => reportItem(one, shop));
      const body = { items, total_count: found.length, pages: Math.ceil(found.length / size) };
      return { kind: variant.plainReport ? 'plain' : 'document', document: body };
    },
  };
}

function reportItem(
  { id, createdAt, reference, status, amount, currency }: Transaction,
  { variant }: Shop,
): JsonObject {
  return {
    id: variant.idAs === 'number' ? id : String(id),
    created_at: new Date(createdAt + 3 * 3_600_000).toISOString().replace('Z', '+03:00'),
    reference,
    status: wireStatus(status, variant.statusAs),
    system_amount: toDecimal(systemMinor(amount, variant)),
    system_currency: systemCurrency(currency, variant),
  };
}
