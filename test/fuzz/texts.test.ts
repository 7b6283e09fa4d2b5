import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPayoutsCsv } from '../../batch/read-payouts-csv.js';
import { readAccounts } from '../../config/accounts.js';
import { addressTest, isAddressOrNetwork } from '../../config/address-list.js';
import { ConfigError } from '../../config/config-error.js';
import { readEnvironment } from '../../config/environment.js';
import { VARIABLES } from '../../config/variables.js';
import { nestsTooDeeply } from '../../gateway/json-body.js';
import { isPublicAddress } from '../../gateway/public-address.js';
import { senderOf } from '../../gateway/sender.js';
import {
  CALLBACK_CURSOR,
  cursorAfter,
  PAYMENT_CURSOR,
  PAYOUT_CURSOR,
  placeOf,
  REVIEW_CURSOR,
  STORED_CARD_CURSOR,
} from '../../journal/cursor.js';
import { InvalidCursorError } from '../../journal/errors.js';
import { parsePaymentRequest } from '../../schemas/payment-request.js';
import { parsePayoutRequest } from '../../schemas/payout-request.js';
import { parseStoreCardRequest } from '../../schemas/store-card-request.js';
import { ACCOUNT_PROTOCOLS } from '../../workers/account-protocols.js';
import { tempDir } from '../support/temp-dir.js';
import { hostileBytes, hostileText, survives } from './hostile.js';

const EXAMPLE = readFileSync('examples/accounts.yaml', 'utf8').replace(/^#.*\n/gm, '');

describe('a file', () => {
  it('of accounts is read, or refused with where and why', () => {
    const file = join(tempDir(), 'accounts.yaml');
    const env = new Proxy({}, { get: () => 'x' });
    const aliases = 'accounts:\n  a1: &a { provider: all2pay, settings: {} }\n  a2: *a\n  a3: { <<: *a }\n';
    survives(
      hostileText(EXAMPLE.slice(0, 600), EXAMPLE.slice(-700), aliases),
      (text) => {
        writeFileSync(file, text);
        readAccounts({ file, protocols: ACCOUNT_PROTOCOLS, env });
      },
      (error) => error instanceof ConfigError,
    );
  });

  it('of accounts whose aliases grow without end is refused', () => {
    const file = join(tempDir(), 'accounts.yaml');
    const levels = Array.from(
      { length: 12 },
      (_, n) => `  a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}*a${n}]`,
    );
    writeFileSync(file, `accounts:\n  a0: &a0 [x]\n${levels.join('\n')}\n`);
    expect(() => readAccounts({ file, protocols: ACCOUNT_PROTOCOLS })).toThrow(ConfigError);
  });

  it('of payouts is read, or refused with every problem', () => {
    const csv =
      'payout_id,account,amount,currency,destination_type,phone,description\n' +
      'P-1,acme-a2p,100.50,RUB,phone,79000000000,"Withdrawal, ""1042"""\n';
    survives(hostileBytes(csv), (bytes) => {
      const file = readPayoutsCsv(bytes, { defaultMerchant: 'acme' });
      if (!file.ok && file.problems.length === 0) throw new Error('refused without a word');
    });
  });
});

it('an environment is read, or refused by the names of variables', () => {
  survives(
    fc.dictionary(
      fc.constantFrom(...Object.keys(VARIABLES)),
      hostileText('10.0.0.0/8', '{"keys":[]}', 'https://a'),
    ),
    (env) => {
      readEnvironment(env);
    },
    (error) => error instanceof ConfigError,
  );
});

describe('a request', () => {
  const payout = {
    merchant: 'shop',
    payoutId: 'P-1',
    account: 'main',
    amount: { minor: 10050, currency: 'RUB' },
    destination: { type: 'card', number: '2200000000000004' },
    returnUrls: { success: 'https://shop.example/done' },
    metadata: { ticket: 'T-1' },
  };

  it.each([
    ['payout', parsePayoutRequest],
    ['stored card', parseStoreCardRequest],
    ['payment', parsePaymentRequest],
  ] as const)('for a %s is parsed, or refused with problems', (_, parse) => {
    const check = (input: unknown): void => {
      const parsed = parse(input);
      if (!parsed.ok && parsed.problems.length === 0) throw new Error('refused without a word');
    };
    survives(
      fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
      check,
    );
    const field = fc.constantFrom(
      ...Object.keys(payout),
      'purpose',
      'card',
      'payer',
      'expiresAt',
      '__proto__',
    );
    survives(fc.dictionary(field, fc.oneof(fc.anything(), hostileText('P-1'))), (change) =>
      check({ ...payout, ...change }),
    );
    survives(hostileText(JSON.stringify(payout)), (text) => {
      if (nestsTooDeeply(text)) return;
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        return;
      }
      check(json);
    });
  });
});

it('a cursor is the very one that was given out, or refused', () => {
  const place = { createdAt: '2026-07-01T12:00:00.000Z', merchant: 'shop', id: 'P-1' };
  for (const kind of [PAYOUT_CURSOR, STORED_CARD_CURSOR, REVIEW_CURSOR, CALLBACK_CURSOR, PAYMENT_CURSOR]) {
    survives(
      fc.oneof(
        hostileText(cursorAfter(kind, place)),
        fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
      ),
      (cursor) => {
        expect(cursorAfter(kind, placeOf(kind, cursor))).toBe(cursor);
      },
      (error) => error instanceof InvalidCursorError,
    );
  }
});

it('an address is one, or none', () => {
  const listed = addressTest(['10.0.0.0/8', '2001:db8::/32']);
  const text = hostileText('203.0.113.7', '2001:db8::1', '::ffff:10.0.0.1', 'fe80::1%eth0', '10.0.0.0/8');
  survives(fc.oneof(text, fc.ipV4(), fc.ipV6(), fc.ipV4Extended()), (address) => {
    expect(senderOf(address).length).toBeLessThan(30);
    if (listed(address)) expect(isPublicAddress(address)).toBe(false);
    if (isAddressOrNetwork(address)) addressTest([address]);
  });
});
