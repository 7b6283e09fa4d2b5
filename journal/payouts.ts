import type { Kysely } from 'kysely';
import { accept } from './accept.js';
import { change } from './change.js';
import { beginAttempt } from './decisions/begin-attempt.js';
import { changeStatus } from './decisions/change-status.js';
import { closeUnsent } from './decisions/close-unsent.js';
import { endAttempt } from './decisions/end-attempt.js';
import { recordProgress } from './decisions/follow-progress.js';
import { noteStop } from './decisions/note-stop.js';
import { list } from './list.js';
import { countNotFound } from './not-found.js';
import type { PayoutJournal } from './port.js';
import { attempts, events, findByOrder, get, read } from './read.js';
import { reviews } from './reviews.js';
import type { Tables } from './tables.js';

/**
 * The payouts on a database. Every change is a pure decision (`decisions/`) made and written by `change`, whose
 * round trips are 1 where nothing is to be written, else 2 (5 more where another write came in between).
 */
export function createPayoutJournal(db: Kysely<Tables>): PayoutJournal {
  return {
    accept: (entry) => accept(db, entry),
    read: (key) => read(db, key),
    get: (key) => get(db, key),
    findByOrder: (account, orderId) => findByOrder(db, account, orderId),
    list: (filter, page) => list(db, filter, page),
    reviews: (filter, page) => reviews(db, filter, page),
    events: (key) => events(db, key),
    attempts: (key) => attempts(db, key),
    beginAttempt: (key, attempt) => change(db, key, (standing) => beginAttempt(standing, attempt)),
    noteStop: (key) => change(db, key, noteStop),
    endAttempt: (key, number, answer) =>
      change(db, key, (standing) => endAttempt(standing, key, number, answer)),
    recordProgress: (key, progress, by) =>
      change(db, key, (standing) => recordProgress(standing, progress, by)),
    changeStatus: (key, to, reason, by, from) =>
      change(db, key, (standing) => changeStatus(standing, to, reason, by, from)),
    countNotFound: (key, number, found) => countNotFound(db, key, number, found),
    closeUnsent: (key, close, by) => change(db, key, (standing) => closeUnsent(standing, close, by)),
  };
}
