import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MerchantId, PayoutId } from '../../domain/ids.js';
import { stopStopwatch } from '../support/stop-clock.js';
import { payoutBody, startGateway, until, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway();
  const returnUrls = {
    success: 'https://shop.example/done?order=7&x=%20',
    failure: 'https://shop.example/sorry#a',
  };
  const create = (id: string, more: object) =>
    gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody(id, more) });
  await create('r-1', { returnUrls });
  await create('r-2', { returnUrls: { success: 'https://shop.example/done' } });
  await create('r-3', {});
});
afterAll(() => gateway.close());
beforeEach(() => {
  Object.assign(gateway.world, { journalDown: false, signalsDown: false });
});

const back = (path: string, method = 'GET', body?: string) =>
  fetch(`${gateway.url}/return/${path}`, {
    method,
    redirect: 'manual',
    ...(body !== undefined && { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  });
const target = async (path: string) => {
  const answer = await back(path);
  return [answer.status, answer.headers.get('location')];
};

async function waitForTheRecipient(payoutId: string): Promise<void> {
  const key = { merchant: 'shop' as MerchantId, payoutId: payoutId as PayoutId };
  const action = { type: 'redirect', url: 'https://provider.example/page' } as const;
  await gateway.journal.payouts.recordProgress(key, { kind: 'action_required', action }, { actor: 'test' });
}

describe('the return door', () => {
  it("leads to the merchant's own pages", async () => {
    const done = 'https://shop.example/done?order=7&x=+&payoutId=r-1';
    expect(await target('main/o-shop-r-1')).toEqual([303, done]);
    expect(await target('main/o-shop-r-1?to=success')).toEqual([303, done]);
    expect(await target('main/o-shop-r-1?to=failure')).toEqual([
      303,
      'https://shop.example/sorry?payoutId=r-1#a',
    ]);
    expect(await target('main/o-shop-r-2?to=failure')).toEqual([
      303,
      'https://shop.example/done?payoutId=r-2',
    ]);
  });

  it('takes whatever is posted and believes none of it', async () => {
    const answer = await back(
      'main/o-shop-r-1',
      'POST',
      'status=paid&to=https://evil.example&returnUrl=https://evil.example',
    );
    expect([answer.status, answer.headers.get('location')?.startsWith('https://shop.example/done')]).toEqual([
      303,
      true,
    ]);
    expect((await back('main/o-shop-r-1', 'POST')).status).toBe(303);
  });

  it.each([
    'to=https://evil.example',
    'to=//evil.example',
    'to=failure&to=https://evil.example',
    'returnUrl=https://evil.example',
    'payoutId=x',
  ])('is no open redirect: %s', async (query) => {
    const [status, location] = await target(`main/o-shop-r-1?${query}`);
    expect(status).toBe(303);
    expect(String(location)).toMatch(/^https:\/\/shop\.example\/done\?order=7&x=\+&payoutId=r-1$/);
  });

  it('shows a small page where there is nowhere to go', async () => {
    const answer = await back('main/o-shop-r-3');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).toContain('You can close this page');
  });

  it.each(['main/o-unknown', 'other/o-shop-r-1', 'nobody/x', 'MAIN/o-shop-r-1', 'main/%3Cscript%3E'])(
    'tells nobody that there is no %s',
    async (path) => {
      const answer = await back(path);
      expect([answer.status, (await answer.text()).includes('script')]).toEqual([200, false]);
    },
  );

  it('signals the payout, but not for every reload', async () => {
    stopStopwatch();
    const body = payoutBody('r-4', { account: 'other' });
    await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body });
    gateway.world.signalled.length = 0;
    await back('other/o-shop-r-4');
    expect(gateway.world.signalled, 'nobody waits for a browser').toEqual([]);
    await waitForTheRecipient('r-4');
    await back('other/o-shop-r-4');
    await back('other/o-shop-r-4');
    await until(() => gateway.world.signalled.length > 0);
    expect(gateway.world.signalled).toEqual([{ key: { merchant: 'shop', payoutId: 'r-4' } }]);
  });

  it('leaves it to the callback where the account has callbacks', async () => {
    await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody('r-6') });
    await waitForTheRecipient('r-6');
    gateway.world.signalled.length = 0;
    expect((await back('main/o-shop-r-6')).status).toBe(200);
    expect(gateway.world.signalled).toEqual([]);
  });

  it('leads on while Temporal is away, and asks to reload while the journal is', async () => {
    await gateway.ask('POST', '/v1/payouts', { key: gateway.keys.a, body: payoutBody('r-5') });
    gateway.world.signalsDown = true;
    expect((await back('main/o-shop-r-5')).status).toBe(200);
    gateway.world.journalDown = true;
    expect((await back('main/o-shop-r-1')).status).toBe(503);
  });
});
