import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayDo, ROLES, type Role } from '../../domain/roles.js';
import type { MerchantId } from '../../domain/ids.js';
import { operationsOf, waysOf, type Operation, type Way } from './api-document.js';
import { startGateway, type Answer, type Harness } from './harness.js';
import { fakePaymentProvider } from './fake-payment-provider.js';
import { cardStorage, fakeProvider } from './fake-provider.js';
import { aKey, merchantsThings, stateOf, type Things } from './merchants-things.js';

/*
 * Every route of the API × every role × whose thing is named × every kind of key, all of it generated from
 * /openapi.json: a new route is in here by itself. What a route needs stands there as `x-needs`, out of `config.needs`
 * beside the route; which roles give it, in `domain/roles.ts`.
 */

const shop = 'shop' as MerchantId;
const bank = 'bank' as MerchantId;
const BY = { actor: 'engine' };

let gateway: Harness;
let operations: readonly Operation[];
const keys = new Map<string, string>();

beforeAll(async () => {
  const providers = [
    fakeProvider('main', undefined, 'proof', { cards: cardStorage }),
    fakeProvider('other'),
    fakePaymentProvider('till'),
  ];
  gateway = await startGateway({
    providers: new Map(providers.map((provider) => [provider.account, provider])),
    mayUse: (merchant, account) => (account === 'other') === (merchant === bank),
    // Asks the journal whenever it likes.
    inboxPump: { everyMs: 3_600_000 },
  });
  const silent = { kind: 'answered', lines: [] } as const;
  gateway.world.accounts = {
    ...gateway.world.accounts,
    balance: () => Promise.resolve({ kind: 'answered', balances: [], at: '2026-07-01T00:00:00.000Z' }),
    statement: () => Promise.resolve(silent),
    registry: () => Promise.resolve(silent),
  };
  operations = await operationsOf(gateway);
  for (const role of ROLES) {
    for (const merchant of [undefined, shop]) {
      const { secret } = await gateway.journal.apiKeys.add({ name: role, roles: [role], merchant }, BY);
      keys.set(nameOf(role, merchant), secret);
    }
  }
});
afterAll(() => gateway.close());

function nameOf(role: Role, merchant?: MerchantId): string {
  return `${role} of ${merchant ?? 'all'}`;
}

/** What an operation names in its path, by the names that the path has for it. */
function pathOf({ path }: Operation, things: Things): string {
  const kind = path.split('/')[2] ?? '';
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = things[name === 'id' ? `${kind}/id` : name];
    if (value === undefined) throw new Error(`${path}: this test knows no ${name} of ${kind}`);
    return encodeURIComponent(value);
  });
}

interface Asked {
  readonly key?: string | undefined;
  readonly things: Things;
  /** Named beside the path. */
  readonly merchant?: MerchantId | undefined;
  readonly role?: Role | undefined;
}

async function ask(operation: Operation, way: Way, { key, things, merchant, role }: Asked): Promise<Answer> {
  const query = new URLSearchParams();
  for (const { name, required, example } of operation.query) if (required) query.set(name, String(example));
  if (operation.path.includes('/accounts/')) query.set('to', '2026-07-02T00:00:00Z');
  for (const name of [...query.keys()])
    if (!operation.query.some((one) => one.name === name)) query.delete(name);
  const inBody = way.body !== undefined && operation.takesMerchantInBody;
  if (merchant !== undefined && !inBody && operation.query.some(({ name }) => name === 'merchant')) {
    query.set('merchant', merchant);
  }
  const body = way.body && {
    ...way.body,
    ...(inBody && { merchant }),
    // Nobody hands out more than the own key has, and a merchant's key stops that merchant alone.
    ...(operation.id === 'addApiKey' && { roles: [role ?? 'admin'] }),
    ...(operation.id === 'addStop' && { scope: { kind: 'merchant', value: shop } }),
  };
  const search = query.size > 0 ? `?${query.toString()}` : '';
  return gateway.ask(operation.method, pathOf(operation, things) + search, {
    ...(key !== undefined && { key }),
    ...(body !== undefined && { body }),
  });
}

/** An answer but for what names the request. */
function shown({ status, text, headers }: Answer): object {
  const kept = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status, headers: kept, text: text.replace(/urn:uuid:[0-9a-f-]{36}/, 'urn:uuid:') };
}

const NOBODYS: Things = {
  payoutId: 'nobodys',
  paymentId: 'nobodys',
  operationId: 'nobodys',
  storedCardId: 'nobodys',
  account: 'nobodys',
  'api-keys/id': '0123456789abcdef',
  'stops/id': '999999',
  'callbacks/id': '999999',
  'notices/id': '999999',
};

/** Does the path name something that belongs to a merchant? */
function namesOwned({ path }: Operation): boolean {
  return /\{(payoutId|paymentId|storedCardId|account)\}|\/(api-keys|stops)\/\{id\}/.test(path);
}

/** By the clock: a key is believed for seconds, refusals are written down up to a number a minute. */
const NOT_COMPARED = new Set(['examine', 'note', 'purge']);

/** Every way of every operation, for every key of one role. */
async function forEach(
  visit: (operation: Operation, way: Way, role: Role, merchant: MerchantId | undefined) => Promise<void>,
): Promise<void> {
  for (const operation of operations) {
    for (const way of waysOf(operation)) {
      for (const role of ROLES)
        for (const merchant of [undefined, shop]) await visit(operation, way, role, merchant);
    }
  }
}

describe('every route of the API', { timeout: 300_000 }, () => {
  it('says the same to no key, a forged one, and one that has expired or was revoked', async () => {
    const { apiKeys } = gateway.journal;
    const revoked = await apiKeys.add({ name: 'former', roles: ROLES }, BY);
    await apiKeys.revoke(revoked.key.id, BY);
    const expired = await apiKeys.add(
      { name: 'over', roles: ROLES, expiresAt: '2020-01-01T00:00:00.000Z' },
      BY,
    );
    const forged = expired.secret.slice(0, -4) + 'AAAA';
    for (const operation of operations) {
      const [way] = waysOf(operation);
      if (!way) throw new Error(`${operation.id} cannot be asked for`);
      const answers = await Promise.all(
        [undefined, 'payk_', forged, expired.secret, revoked.secret].map((key) =>
          ask(operation, way, { key, things: NOBODYS }),
        ),
      );
      for (const answer of answers) {
        expect([operation.id, answer.status]).toEqual([operation.id, 401]);
        expect(shown(answer)).toEqual(shown(answers[0] as Answer));
      }
    }
  });

  it('opens to the roles that may use it, and to no other', async () => {
    const own = await merchantsThings(gateway.journal, shop);
    await forEach(async (operation, way, role, merchant) => {
      const cell = `${operation.id} ${way.permission} by ${nameOf(role, merchant)}`;
      const isOpen = mayDo({ roles: [role], merchant }, way.permission);
      // A key that was revoked is none in the next cell.
      const things = isOpen
        ? { ...own, ...(operation.id === 'revokeApiKey' && (await aKey(gateway.journal, shop))) }
        : NOBODYS;
      const { status } = await ask(operation, way, {
        ...{ key: keys.get(nameOf(role, merchant)), things, role },
        ...(merchant === undefined && { merchant: shop }),
      });
      if (!isOpen) return expect([cell, status]).toEqual([cell, 403]);
      // What a fake has nothing of is no matter of access.
      expect([cell, [401, 403, ...(namesOwned(operation) ? [404] : [])].includes(status)]).toEqual([
        cell,
        false,
      ]);
      expect([cell, status < 500]).toEqual([cell, true]);
    });
  });

  it("neither shows nor changes another merchant's things, and has no word for whether they exist", async () => {
    const stopped = { scope: { kind: 'merchant', value: bank } as const, reason: 'theirs', ...BY };
    const things = await merchantsThings(gateway.journal, bank);
    const { stop } = await gateway.journal.stops.add(stopped);
    const theirs = { ...things, 'stops/id': stop.id };
    const before = await stateOf(gateway.journal, bank, theirs);
    // A number, or the name of an account, stands in many a text.
    const marks = Object.values(theirs).filter((value) => value.includes(`${bank}-`) || value.length === 16);
    await forEach(async (operation, way, role, merchant) => {
      if (merchant === undefined || !mayDo({ roles: [role], merchant }, way.permission)) return;
      const cell = `${operation.id} ${way.permission} by ${nameOf(role, merchant)}`;
      const key = keys.get(nameOf(role, merchant));
      const answers: [Answer, readonly string[]][] = [];
      for (const named of [undefined, bank]) {
        for (const whose of [theirs, NOBODYS]) {
          gateway.world.journalCalls.length = 0;
          answers.push([
            await ask(operation, way, { key, things: whose, role, merchant: named }),
            gateway.world.journalCalls.filter((name) => !NOT_COMPARED.has(name)),
          ]);
        }
      }
      // The audit has the ids that the merchant's own keys named, in vain or not.
      for (const [{ text }] of operation.id === 'listAudit' ? [] : answers) {
        for (const mark of marks) expect([cell, text.includes(mark)]).toEqual([cell, false]);
      }
      if (!namesOwned(operation)) return;
      const [foreign, unknown, namedForeign, namedUnknown] = answers;
      for (const [one, other] of [
        [foreign, unknown],
        [namedForeign, namedUnknown],
      ]) {
        expect([cell, one?.[0].status]).toEqual([cell, 404]);
        expect([cell, shown(one?.[0] as Answer)]).toEqual([cell, shown(other?.[0] as Answer)]);
        // The journal is asked the same, so the time that it takes tells nothing either.
        expect([cell, one?.[1]]).toEqual([cell, other?.[1]]);
      }
    });
    expect(await stateOf(gateway.journal, bank, theirs)).toEqual(before);
  });
});
