import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPayoutClient } from '../../client/index.js';
import type { AccountId } from '../../domain/ids.js';
import { aPayout, startTestEngine, type TestEngine } from '../support/engine.js';
import { everyRow } from '../support/journal-rows.js';
import { decrypted, payloadsIn, textOf } from '../support/payloads.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';

/** One for each way that a card comes in. */
const PANS = [
  '2200000000180004',
  '2200000000260004',
  '2200000000340004',
  '2200000000000012',
  '9999990000000014',
];

/** What is readable in Temporal to nobody without the payload keys: persons, words, masks, and messages of failures. */
const PERSONAL = {
  recipient: {
    firstName: 'Zorislava',
    lastName: 'Kvintilianova',
    email: 'zorislava@kvint.example',
    phone: '79160009911',
  },
  description: 'Bonus for the swift heron',
};
const PERSONAL_WORDS = [
  ...Object.values(PERSONAL.recipient),
  PERSONAL.description,
  '220000******0004',
  // Of failures: of a refused request, and of each question that found nothing new.
  'there is no account nobody',
  'the next question comes',
];

/** Quoted, as JSON has it: three digits alone stand by chance in every other id. */
const CVV = '739';

let postgres: TestPostgres | undefined;
let engine: TestEngine | undefined;

beforeAll(async () => {
  postgres = await startPostgres();
  if (postgres) engine = await startTestEngine({}, postgres.url);
});
afterAll(async () => {
  await engine?.stop();
  await postgres?.stop();
});

/** As Temporal keeps them, and as whoever has the payload keys reads them. */
async function everyHistory({
  temporal,
  payloadKeys,
}: TestEngine): Promise<{ kept: string; readable: string }> {
  const kept: string[] = [];
  const readable: string[] = [];
  for await (const { workflowId, runId } of temporal.workflow.list()) {
    const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    // Payloads as text too: a search in base64 alone would find nothing and prove nothing.
    kept.push(JSON.stringify(history), ...payloadsIn(history).map(textOf));
    readable.push(await decrypted(payloadKeys, history));
  }
  return { kept: kept.join('\n'), readable: readable.join('\n') };
}

function everyLog({ logFile }: TestEngine): string {
  const folder = dirname(logFile);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

it('no history, journal row or log of a whole run holds a readable card number', async (test) => {
  if (!postgres || !engine) return test.skip('PostgreSQL is not installed');
  const { client, gatewayUrl, operatorKey, temporalAddress, payloadKeys } = engine;
  const [byClient, byApi, byStranger, declined, unsupported] = PANS as [
    string,
    string,
    string,
    string,
    string,
  ];

  const card = (number: string, minor = 10_000) =>
    aPayout({ destination: { type: 'card', number }, amount: { minor, currency: 'RUB' }, ...PERSONAL });
  const stranger = await createPayoutClient({
    address: temporalAddress,
    sealing: { gatewayUrl },
    payloadKeys,
  });
  const requests = [
    card(byClient),
    card(byClient, 20_504),
    { ...card(byClient, 30_505), account: 'acme-a2p' as AccountId },
    card(byStranger, 10_007),
    card(declined, 10_006),
    card(unsupported),
  ];
  await Promise.all(requests.map((request) => (request === requests[3] ? stranger : client).create(request)));
  await Promise.all(requests.map((request) => client.wait(request, { timeoutMs: 60_000 })));
  await stranger.close();

  const nobody = { ...card(byClient), account: 'nobody' as AccountId };
  await expect(client.create(nobody)).rejects.toThrow('there is no account nobody');

  const viaApi = card(byApi);
  const post = (body: unknown): Promise<Response> =>
    fetch(`${gatewayUrl}/v1/payouts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await post(viaApi)).status).toBeLessThan(300);
  // Refused requests leave nothing readable either, wherever the number stood.
  for (const bad of [
    { ...viaApi, amount: { minor: -1, currency: 'RUB' } },
    { ...viaApi, payoutId: byApi },
    { ...viaApi, description: `for ${byApi}` },
    { ...viaApi, account: 'nobody' },
  ]) {
    const refused = await post(bad);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await refused.text()).not.toContain(byApi);
  }

  // A payer's card with its CVV: by the client, by the API, and one that is refused.
  const source = (storedCardId: string) => ({
    merchant: 'acme',
    storedCardId,
    account: 'acme-a2p-poll',
    purpose: 'source' as const,
    ownerId: 'payer-1',
    card: { number: byClient, expiry: { month: 12, year: 2031 }, cvv: CVV },
    returnUrls: { success: 'https://shop.example/stored' },
  });
  await client.storedCards.add(source('payer-card-1'));
  const store = (body: unknown): Promise<Response> =>
    fetch(`${gatewayUrl}/v1/stored-cards`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const stored = await store({ ...source('payer-card-2'), card: { number: byApi, cvv: CVV } });
  expect(stored.status).toBeLessThan(300);
  const refused = await store({ ...source('payer-card-3'), ownerId: '', card: { number: byApi, cvv: CVV } });
  expect(refused.status).toBe(422);
  // Without the request's id, in which any three digits may stand by chance.
  expect((await refused.text()).replace(/[0-9a-f-]{36}/g, '')).not.toContain(CVV);

  const { kept, readable } = await everyHistory(engine);
  const everything = {
    histories: `${kept}\n${readable}`,
    journal: await everyRow(postgres.url),
    logs: everyLog(engine),
  };
  // The search can find something: the masks are everywhere.
  for (const word of PERSONAL_WORDS) expect(readable.includes(word), `nobody wrote ${word}`).toBe(true);
  expect(everything.journal.includes('220000******0004')).toBe(true);
  expect(everything.logs.length).toBeGreaterThan(100);
  // The CVVs were taken on use: nothing of them is left.
  expect(readable).toContain('cvvSecretId');
  expect(everything.journal).toContain('payer-card-2');
  const db = new pg.Client({ connectionString: postgres.url });
  await db.connect();
  expect((await db.query('select * from one_time_secrets')).rows).toEqual([]);
  await db.end();
  for (const word of [...PERSONAL_WORDS, 'cvvSecretId', engine.gatewayUrl]) {
    for (const form of [word, Buffer.from(word).toString('base64').slice(0, -3)]) {
      expect(kept.includes(form), `Temporal keeps ${word} readable`).toBe(false);
    }
  }
  for (const [where, text] of Object.entries(everything)) {
    expect(text.includes(`"${CVV}"`), `${where} holds the CVV`).toBe(false);
    for (const pan of PANS) {
      const spellings = [pan, pan.replace(/(\d{4})(?=\d)/g, '$1 '), pan.replace(/(\d{4})(?=\d)/g, '$1-')];
      for (const form of [
        ...spellings,
        ...spellings.map((one) => Buffer.from(one).toString('base64').slice(0, -3)),
      ]) {
        expect(text.includes(form), `${where} holds ${form.slice(0, 6)}…`).toBe(false);
      }
    }
  }
}, 300_000);
