import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { StoredCardsClient } from '../../client/stored-cards-client.js';
import { storeCard, storeDemoCards } from '../../cli/demo/store-cards.js';
import type { AccountId, MerchantId, OrderId, StoredCardId } from '../../domain/ids.js';
import type { StoredCardView } from '../../domain/stored-card.js';
import type { StoreCardRequestInput } from '../../schemas/store-card-request.js';
import { CARD, recordingIo } from './cli-fixture.js';

const DONE = 'https://shop.example/card/stored';
const SOURCE: StoreCardRequestInput = {
  merchant: 'acme',
  storedCardId: 'payer',
  account: 'acme-a2p',
  purpose: 'source',
  ownerId: 'vera',
  card: { number: CARD, cvv: '739' },
  returnUrls: { success: DONE },
};

let close: (() => void) | undefined;
afterEach(() => close?.());

/** A provider and its bank's page: a source card is active once somebody has confirmed there. */
async function provider(end: Partial<StoredCardView> = {}): Promise<Pick<StoredCardsClient, 'add' | 'wait'>> {
  let confirmed = false;
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      confirmed = true;
      response.writeHead(303, { location: `${DONE}?storedCardId=payer` }).end();
    } else if (request.url === '/acs') {
      response.end(`<form method="post"><button name="PaRes" value="Y">Confirm</button></form>`);
    } else response.writeHead(404).end('gone');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.close();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acs`;
  const added = new Map<string, StoredCardView>();
  return {
    add: (request) => {
      const card: StoredCardView = {
        merchant: request.merchant as MerchantId,
        storedCardId: request.storedCardId as StoredCardId,
        account: request.account as AccountId,
        provider: 'all2pay',
        purpose: request.purpose,
        ownerId: request.ownerId,
        orderId: 'o-1' as OrderId,
        masked: '220000******0004',
        status: 'requested',
        version: 1,
        createdAt: '2026-07-01T09:00:00.000Z',
        updatedAt: '2026-07-01T09:00:00.000Z',
      };
      added.set(card.storedCardId, card);
      return Promise.resolve(card);
    },
    wait: ({ storedCardId }) => {
      const card = added.get(storedCardId);
      if (!card) throw new Error('this card was not added');
      const open = card.purpose === 'source' && !confirmed;
      const asked = { status: 'action_required', action: { type: 'redirect', url } } as const;
      return Promise.resolve<StoredCardView>({
        ...card,
        ...(open ? asked : { status: 'active' as const, providerCardId: 'bind-1' }),
        ...end,
      });
    },
  };
}

describe('the cards of the demo', () => {
  it('are stored, the payer’s after its 3-D Secure, and a line tells of each', async () => {
    const { io, out } = recordingIo();
    await storeDemoCards(io, await provider(), false);
    expect(out().split('\n')).toEqual([
      'Stored boris-card  220000******0004  ✔ active  at acme-a2p, to be paid to',
      'Stored vera-card  220000******0004  ✔ active  at acme-a2p, to take money from, after 3-D Secure',
      '',
      '',
    ]);
  });

  it('are objects for programs, without what nobody may read', async () => {
    const { io, out } = recordingIo();
    await storeDemoCards(io, await provider(), true);
    const cards = out().trim().split('\n');
    expect(cards.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { storedCard: { storedCardId: 'boris-card', purpose: 'destination', status: 'active' } },
      { storedCard: { storedCardId: 'vera-card', purpose: 'source', status: 'active' } },
    ]);
    expect(out()).not.toMatch(/\d{13}|cvv/i);
  });
});

describe('a card that cannot be stored', () => {
  it('is an error that names it and says why', async () => {
    const reason = { code: '29', message: 'Card range\nis closed' };
    const failed = provider({ status: 'failed', reason, action: undefined });
    await expect(storeCard(await failed, SOURCE)).rejects.toMatchObject({
      exitCode: 1,
      message:
        'The card payer, which some rows name, was not stored by account acme-a2p: ' +
        'it is failed, not active (29: Card range is closed). No payout was made.',
    });
  });

  it('is one whose bank’s page leads nowhere', async () => {
    const working = await provider();
    const broken: typeof working = {
      ...working,
      wait: async (key, options) => {
        const card = await working.wait(key, options);
        const { action } = card;
        return action ? { ...card, action: { ...action, url: action.url.replace('/acs', '/gone') } } : card;
      },
    };
    await expect(storeCard(broken, SOURCE)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/3-D Secure could not be done: .*\/gone answered 404/) as string,
    });
  });
});
