import { describe, expect, it } from 'vitest';
import type { MerchantId } from '../../domain/ids.js';
import { beyond, mayDo, PERMISSIONS, ROLES, rolesWith, type Powers } from '../../domain/roles.js';

const shop = 'shop' as MerchantId;
const bank = 'bank' as MerchantId;

describe('the table of roles', () => {
  it.each([
    ['create', ['read', 'create', 'cancel'], ['read', 'create', 'cancel']],
    ['read', ['read'], ['read']],
    ['operate', ['read', 'cancel', 'review', 'operate', 'oversee'], ['read', 'cancel', 'review', 'operate']],
    ['approve', ['read', 'review', 'settle'], ['read', 'review', 'settle']],
    ['admin', ['keys', 'audit'], ['keys', 'audit']],
  ] as const)('%s', (role, forAll, forOne) => {
    const given = (powers: Powers) => PERMISSIONS.filter((permission) => mayDo(powers, permission));
    expect(given({ roles: [role] })).toEqual(forAll);
    expect(given({ roles: [role], merchant: shop })).toEqual(forOne);
  });

  it('gives every permission by some role, and nothing without one', () => {
    for (const permission of PERMISSIONS) {
      expect(rolesWith(permission).length).toBeGreaterThan(0);
      expect(mayDo({ roles: [] }, permission)).toBe(false);
      expect(mayDo({ roles: ROLES }, permission)).toBe(true);
    }
  });
});

describe('what one key gives another', () => {
  it.each<[string, Powers, Powers, readonly string[]]>([
    ['the same', { roles: ['admin'] }, { roles: ['admin'] }, []],
    ['a role that is implied', { roles: ['admin', 'create'] }, { roles: ['read'] }, []],
    ['another role', { roles: ['admin'] }, { roles: ['read'] }, ['roles']],
    ['one merchant of all', { roles: ['admin'] }, { roles: ['admin'], merchant: shop }, []],
    ['all of one merchant', { roles: ['admin'], merchant: shop }, { roles: ['admin'] }, ['merchant']],
    [
      'another merchant',
      { roles: ['admin'], merchant: shop },
      { roles: ['admin'], merchant: bank },
      ['merchant'],
    ],
    ['no end', { roles: ['admin'], expiresAt: '2030' }, { roles: ['admin'] }, ['expiresAt']],
    [
      'a later end',
      { roles: ['admin'], expiresAt: '2030' },
      { roles: ['admin'], expiresAt: '2031' },
      ['expiresAt'],
    ],
    ['an end', { roles: ['admin'] }, { roles: ['admin'], expiresAt: '2031' }, []],
    [
      'all of it',
      { roles: ['admin'], merchant: shop, expiresAt: '2030' },
      { roles: ROLES },
      ['roles', 'merchant', 'expiresAt'],
    ],
  ])('%s', (_, own, asked, wanted) => {
    expect(beyond(own, asked)).toEqual(wanted);
  });
});
