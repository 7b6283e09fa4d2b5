import type { StoredCardView } from '../../domain/stored-card.js';
import type { StoredCardRow } from '../tables.js';

/** A row as every door shows it. Keys without a value are left out. */
export function cardOf(row: StoredCardRow): StoredCardView {
  return {
    merchant: row.merchant,
    storedCardId: row.stored_card_id,
    account: row.account,
    provider: row.provider,
    purpose: row.purpose,
    ownerId: row.owner_id,
    orderId: row.order_id,
    masked: row.masked,
    ...(row.card_fingerprint !== null && { cardFingerprint: row.card_fingerprint }),
    status: row.status,
    version: row.last_event,
    ...(row.provider_card_id !== null && { providerCardId: row.provider_card_id }),
    ...(row.action !== null && { action: row.action }),
    ...(row.reason !== null && { reason: row.reason }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
