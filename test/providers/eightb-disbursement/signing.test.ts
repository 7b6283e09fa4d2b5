import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../providers/eightb-disbursement/config.js';
import { hashOf, isHash } from '../../../providers/eightb-disbursement/hash.js';
import { payoutFields } from '../../../providers/eightb-disbursement/payout-fields.js';
import {
  balanceFields,
  checkFields,
  notifyFields,
  registryUrl,
  signedBody,
  spanFields,
} from '../../../providers/eightb-disbursement/requests.js';
import { configOf, NOW, ORDER, queryOf, SECRET_KEY } from './fixtures.js';

/** §3.2. */
const COMMON = {
  ...{ id: 'PX7K2M9QH4T6W8Z1C5D0', amount: '150.00', phone: '622851280', client: '9876543210' },
  destination: '202',
};
const DAY = { dt_start: '01.03.2025 00:00', dt_end: '02.03.2025 00:00' };
const LATER = { ...COMMON, dt: '2025-03-04 05:07:30' };
const TOLD = { ...COMMON, dt: '2025-03-04 05:08:00' };
const VECTORS: readonly (readonly [Message, Record<string, string>, string])[] = [
  ['payout', { ...COMMON, dt: '2025-03-04 05:06:07' }, '950785f936a892eb7766263bdcad511b'],
  ['check', LATER, 'ed99ae70bb7b01269887d13de40886b7'],
  ['callback', { ...TOLD, result: '1' }, 'ee19caebc8ed276f2e8c744b4692df31'],
  ['callback', { ...TOLD, result: '0' }, 'c0f4ec94080235a3e8b6125979ed9ada'],
  ['balance', LATER, '7ab31e8d3d2b77c6be83a425b0610406'],
  ['balance_statement', DAY, '4cae9351a8afd8e4d13e4d1d2f7186f2'],
  ['payout_reestr', DAY, '4cae9351a8afd8e4d13e4d1d2f7186f2'],
  ['notify', LATER, 'f6e942cd68a4f59b05b9ef0236552e2b'],
];

const config = configOf();

describe.each(VECTORS)('%s', (message, fields, hash) => {
  it('has the hash of the document', () => {
    expect(hashOf(message, fields, config)).toBe(hash);
    expect(isHash(hash, message, fields, config)).toBe(true);
    expect(isHash(hash.toUpperCase(), message, fields, config)).toBe(true);
  });

  it('has no other', () => {
    const others = [hash.replace(/.$/, (last) => (last === '0' ? '1' : '0')), hash.slice(1), `${hash}0`, ''];
    for (const other of others) expect(isHash(other, message, fields, config)).toBe(false);
    expect(isHash(hash, message, fields, { ...config, secretKey: `${SECRET_KEY}x` })).toBe(false);
    for (const name of config.recipes[message]) {
      const changed = { ...fields, [name]: `${fields[name]}0` };
      expect(isHash(hash, message, changed, config), name).toBe(false);
    }
  });
});

describe('what leaves', () => {
  it('is the sample of §5.1, byte for byte', () => {
    expect(signedBody('payout', payoutFields(ORDER, config), config).toString('utf8')).toBe(
      'id=PX7K2M9QH4T6W8Z1C5D0&dt=2025-03-04+05%3A06%3A07&amount=150.00&currency=EUR&phone=622851280&client=9876543210&destination=202&receiver_fio=ANNA+EXAMPLE&hash=950785f936a892eb7766263bdcad511b',
    );
  });

  it('is the sample of §5.2', () => {
    const fields = checkFields(queryOf(), config, NOW) ?? {};
    expect(signedBody('check', fields, config).toString('utf8')).toBe(
      'id=PX7K2M9QH4T6W8Z1C5D0&dt=2025-03-04+05%3A07%3A30&amount=150.00&destination=202&hash=ed99ae70bb7b01269887d13de40886b7',
    );
  });

  it('is the sample of §5.5', () => {
    const span = { from: '2025-03-01T00:00:00Z', to: '2025-03-02T00:00:00Z' };
    const csv = registryUrl(span, configOf({ baseUrl: 'https://int.8b.world/' }));
    expect(csv).toBe(
      'https://int.8b.world/payout_reestr?type=csv&service_id=1042&dt_start=01.03.2025+00%3A00&dt_end=02.03.2025+00%3A00&hash=4cae9351a8afd8e4d13e4d1d2f7186f2',
    );
    const inPath = {
      registryPath: '/reestr',
      registryTypeIn: 'path',
      registryFormat: 'xml',
      sendSecretInClear: true,
    };
    const url = registryUrl(span, configOf(inPath));
    expect(url).toMatch(/\/reestr\/xml\?service_id=1042&dt_start/);
    expect(url).not.toContain(SECRET_KEY);
  });

  it('balance and notify are hashed as in §3.2', () => {
    const of = (message: Message, fields: Record<string, string>) =>
      new URLSearchParams(signedBody(message, fields, config).toString('utf8')).get('hash');
    expect(of('balance', { ...balanceFields(config, NOW) })).toBe('7ab31e8d3d2b77c6be83a425b0610406');
    expect(of('notify', { ...notifyFields(queryOf(), config, NOW) })).toBe(
      'f6e942cd68a4f59b05b9ef0236552e2b',
    );
  });

  it('a check may carry the date of its payout', () => {
    expect(checkFields(queryOf(), configOf({ checkDt: 'original' }), NOW)?.['dt']).toBe(
      '2025-03-04 05:06:07',
    );
  });

  it('a list is asked for in whole minutes that hold the span', () => {
    const span = { from: '2025-03-01T10:15:30.500Z', to: '2025-03-01T12:00:00.001Z' };
    expect(spanFields(span, config)).toEqual({ dt_start: '01.03.2025 10:15', dt_end: '01.03.2025 12:01' });
    expect(spanFields(span, configOf({ providerTimeZone: 'Europe/Moscow' }))).toEqual({
      ...{ dt_start: '01.03.2025 13:15', dt_end: '01.03.2025 15:01' },
    });
  });

  it('capitals, own recipes and the key itself are settings', () => {
    const own = configOf({
      ...{ fieldCase: 'upper', sendSecretInClear: true, secretField: 'secret' },
      recipes: { notify: ['dt', 'id', 'absent'] },
    });
    const body = new URLSearchParams(signedBody('notify', { id: 'A', dt: 'B' }, own).toString('utf8'));
    expect([...body.keys()]).toEqual(['ID', 'DT', 'SECRET', 'HASH']);
    expect(body.get('HASH')).toBe(hashOf('notify', { id: '', dt: 'BA' }, config));
    expect(config.sendSecretInClear).toBe(false);
    expect(signedBody('notify', { id: 'A', dt: 'B' }, config).toString('utf8')).not.toContain(SECRET_KEY);
  });
});

it('any text is hashed as UTF-8 and read back from the form as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const fields = { id: 'A', dt: 'B', amount: '1.00', phone: '1', client: name, destination: '202' };
      const sent = Object.fromEntries(
        new URLSearchParams(signedBody('payout', fields, config).toString('utf8')),
      );
      expect(sent['client']).toBe(name);
      expect(isHash(sent['hash'] ?? '', 'payout', sent, config)).toBe(true);
    }),
  );
});
