import type { Kysely } from 'kysely';
import type { StoredCardView } from '../../domain/stored-card.js';
import { noteCardStop, recordCardProgress, removeCard } from '../decisions/follow-storing.js';
import { UnknownStoredCardError } from '../errors.js';
import type { StoredCardJournal } from './port.js';
import type { Tables } from '../tables.js';
import { accept } from './accept.js';
import { changeCard } from './change.js';
import { list } from './list.js';
import { events, findByOrder, read } from './read.js';
import { beginStoring, endUnsent } from './sending.js';

/** The stored cards on a database. */
export function createStoredCardJournal(db: Kysely<Tables>): StoredCardJournal {
  return {
    accept: (entry) => accept(db, entry),
    read: (key) => read(db, key),
    findByOrder: (account, orderId) => findByOrder(db, account, orderId),
    list: (filter, page) => list(db, filter, page),
    events: (key) => events(db, key),
    beginStoring: (key) => beginStoring(db, key),
    endUnsent: (key) => endUnsent(db, key),
    noteStop: (key) => changeKnown(db, key, noteCardStop),
    recordProgress: (key, progress, by) =>
      changeKnown(db, key, (standing) => recordCardProgress(standing, progress, by)),
    remove: (key, by) => changeCard(db, key, (standing) => removeCard(standing, by)),
  };
}

async function changeKnown(...change: Parameters<typeof changeCard>): Promise<StoredCardView> {
  const card = await changeCard(...change);
  if (card === undefined) throw new UnknownStoredCardError(change[1]);
  return card;
}
