import type { CallbackInbox, StoredCallback } from '../../journal/inbox-port.js';
import type { Rewire } from '../../workers/rewire.js';

/** Callbacks are acknowledged, and kept in memory alone. */
export const unstored: Rewire = ({ journal, accounts }) => {
  let lastId = 0;
  const inbox: CallbackInbox = {
    ...journal.inbox,
    async store({ account, orderId, dedupeKey, proof }) {
      lastId += 1;
      const receivedAt = new Date().toISOString();
      const callback: StoredCallback = {
        ...{ id: `memory-${lastId}`, account, orderId, dedupeKey, receivedAt, state: 'received' },
        ...(proof && { proof }),
      };
      return { callback, repeated: false };
    },
    mark: async () => undefined,
  };
  return { journal: { ...journal, inbox }, accounts };
};
