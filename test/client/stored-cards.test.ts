import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPayoutClient,
  EngineUnavailableError,
  PayoutInvalidError,
  StoredCardNotFoundError,
  type PayoutClient,
} from '../../client/index.js';
import { run } from '../cli/cli-fixture.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const PAN = '2200000000000038';
const CVV = '739';

let engine: TestEngine;
/** As a back end of a merchant has it: an address of Temporal, the gateway and a key to it. */
let remote: PayoutClient;
/** Begun first, because Temporal takes a while to say that nobody is there. */
let nobody: Promise<unknown>;

beforeAll(async () => {
  engine = await startTestEngine();
  const { gatewayUrl, operatorKey: apiKey } = engine;
  remote = await createPayoutClient({
    address: engine.temporalAddress,
    sealing: { gatewayUrl },
    payloadKeys: engine.payloadKeys,
    oneTimeSecrets: { gatewayUrl, apiKey },
  });
  nobody = remote.accounts.ping('acme-a2p-pol').catch((error: unknown) => error);
});
afterAll(async () => {
  await remote.close();
  await engine.stop();
});

let count = 0;
const source = (changes: object = {}) => ({
  merchant: 'acme',
  storedCardId: `door-${(count += 1)}`,
  account: 'acme-a2p-poll',
  purpose: 'source' as const,
  ownerId: 'payer-1',
  card: { number: PAN, expiry: { month: 12, year: 2031 }, cvv: CVV },
  returnUrls: { success: 'https://shop.example/stored' },
  ...changes,
});
const approve = (orderId: string) => engine.provider.answerChallenge(orderId, true);

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(engine.gatewayUrl + path, {
    method,
    headers: { authorization: `Bearer ${engine.operatorKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, string> };
}

describe("a payer's card with its CVV", () => {
  it('is stored by a client that hands the CVV to the gateway', async () => {
    const card = await remote.storedCards.add(source());
    expect(card.status).toBe('action_required');
    expect(await remote.storedCards.wait(card, { until: 'answered' })).toMatchObject({
      status: 'action_required',
    });
    await approve(card.orderId);
    const stored = await remote.storedCards.wait(card, { timeoutMs: 60_000 });
    expect(stored.status).toBe('active');
    expect(await remote.storedCards.get(card)).toEqual(stored);
  });

  it('is refused in words by a client that has nowhere to keep a CVV', async () => {
    const without = await createPayoutClient({
      address: engine.temporalAddress,
      sealing: { publicKeys: engine.sealingPublicKeys },
      payloadKeys: engine.payloadKeys,
    });
    await expect(without.storedCards.add(source())).rejects.toThrow(/oneTimeSecrets/);
    await without.close();
  });

  it('is not started where the gateway does not take the CVV', async () => {
    const { gatewayUrl } = engine;
    const stranger = await createPayoutClient({
      address: engine.temporalAddress,
      sealing: { gatewayUrl },
      payloadKeys: engine.payloadKeys,
      oneTimeSecrets: { gatewayUrl, apiKey: 'payk_wrong' },
    });
    const request = source();
    await expect(stranger.storedCards.add(request)).rejects.toThrow(/it answered 401.*Nothing was started/);
    await expect(stranger.storedCards.get(request)).rejects.toThrow(StoredCardNotFoundError);
    await stranger.close();
  });

  it('is stored by the HTTP API, and settled by a callback long before the next poll', async () => {
    const card = await ask('POST', '/v1/stored-cards', source({ account: 'acme-a2p' }));
    expect([card.status, card.json['status']]).toEqual([201, 'action_required']);
    await approve(card.json['orderId'] ?? '');
    const key = { merchant: 'acme', storedCardId: card.json['storedCardId'] ?? '' };
    expect((await remote.storedCards.wait(key, { timeoutMs: 60_000 })).status).toBe('active');
    const found = await ask('GET', `/v1/stored-cards/${key.storedCardId}?merchant=acme`);
    expect(found.json['status']).toBe('active');
  });

  it('is stored from the command line', async () => {
    const env = {
      TEMPORAL_ADDRESS: engine.temporalAddress,
      PAYOUTS_GATEWAY_URL: engine.gatewayUrl,
      PAYOUTS_API_KEY: engine.operatorKey,
      PAYOUTS_PAYLOAD_KEYS: JSON.stringify(engine.payloadKeys),
    };
    const stdin = JSON.stringify(source());
    const added = await run(['stored-cards', 'add', '--json-input', '-', '--json'], { env, stdin });
    expect([added.code, added.err]).toEqual([0, '']);
    expect(JSON.parse(added.out)).toMatchObject({ status: 'action_required', masked: '220000******0038' });
    const ping = await run(['ping'], { env });
    expect(ping.code, ping.out + ping.err).toBe(0);
    const balance = await run(['balance', 'acme-a2p-poll'], { env });
    expect([balance.code, balance.out]).toEqual([4, '']);
    expect(balance.err).toMatch(/^payouts: .*balance/);
  });

  it('leaves number and CVV in no log', () => {
    const log = readFileSync(engine.logFile, 'utf8');
    expect(log).toContain('/v1/one-time-secrets');
    expect(log).not.toContain(PAN);
    // Without the ids of requests and keys, in which any three digits may stand by chance.
    const words = log.replace(/[0-9a-f-]{36}|(?<="keyId":")[0-9a-f]{16}/g, '');
    // Numbers stand after a colon there: a duration of 739 ms is no CVV.
    expect(words).not.toMatch(new RegExp(`(?<![\\d:.])${CVV}(?!\\d)`));
  });
});

describe('the list', () => {
  it('is read page by page, for one merchant, and refuses what it does not know', async () => {
    const first = await remote.storedCards.list({ merchant: 'acme', purpose: 'source' }, { limit: 1 });
    expect(first.items).toHaveLength(1);
    const second = await remote.storedCards.list(
      { merchant: 'acme', purpose: 'source' },
      { limit: 1, cursor: first.nextCursor },
    );
    expect(second.items[0]?.storedCardId).not.toBe(first.items[0]?.storedCardId);
    expect(await remote.storedCards.list({ merchant: 'nobody' })).toEqual({ items: [] });
    await expect(remote.storedCards.list({ status: 'done' as 'active' })).rejects.toThrow(PayoutInvalidError);
  });
});

it('says that no worker serves an account, instead of waiting for ever', async () => {
  const error = await nobody;
  expect(error).toBeInstanceOf(EngineUnavailableError);
  expect((error as Error).message).toContain('No worker answered in time (ping of acme-a2p-pol)');
}, 180_000);
