import type { Kysely } from 'kysely';
import type { Tables } from '../tables.js';
import { acceptOperation } from './accept-operation.js';
import { accept } from './accept.js';
import { changeStatus } from './change-status.js';
import { change } from './change.js';
import { keepToken, recordNews } from './follow-news.js';
import { list } from './list.js';
import { answerOperation, beginOperation, endOperation } from './operating.js';
import { noteOperationStop, noteStop } from './note-stop.js';
import type { PaymentJournal } from './port.js';
import { events, findByOrder, get, read } from './read.js';
import { beginStart, closeUnsent, endStart } from './starting.js';

/** The payments on a database. Every change is a pure decision, made and written by `change`. */
export function createPaymentJournal(db: Kysely<Tables>): PaymentJournal {
  return {
    accept: (entry) => accept(db, entry),
    read: (key) => read(db, key),
    get: (key) => get(db, key),
    findByOrder: (account, orderId) => findByOrder(db, account, orderId),
    list: (filter, page) => list(db, filter, page),
    events: (key) => events(db, key),
    beginStart: (key, call) => change(db, key, (standing) => beginStart(standing, call)),
    noteStop: (key) => change(db, key, noteStop),
    endStart: (key, number, answer) => change(db, key, (standing) => endStart(standing, number, answer)),
    closeUnsent: (key, reason) => change(db, key, (standing) => closeUnsent(standing, reason)),
    recordNews: (key, news, by) => change(db, key, (standing) => recordNews(standing, news, by)),
    keepToken: (key, sealedToken) => change(db, key, (standing) => keepToken(standing, sealedToken)),
    changeStatus: (key, to, reason, by, from) =>
      change(db, key, (standing) => changeStatus(standing, to, reason, by, from)),
    acceptOperation: (request, by) =>
      change(db, request, (standing) => acceptOperation(standing, request, by)),
    beginOperation: (key, requestFingerprint) =>
      change(db, key, (standing) => beginOperation(standing, key.operationId, requestFingerprint)),
    noteOperationStop: (key) => change(db, key, (standing) => noteOperationStop(standing, key.operationId)),
    answerOperation: (key, number, answer) =>
      change(db, key, (standing) => answerOperation(standing, key.operationId, number, answer)),
    endOperation: (key, end, by) =>
      change(db, key, (standing) => endOperation(standing, key.operationId, 'processing', end, by)),
    settleOperation: (key, end, by) =>
      change(db, key, (standing) => endOperation(standing, key.operationId, 'in_review', end, by)),
  };
}
