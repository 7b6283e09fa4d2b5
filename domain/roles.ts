import type { MerchantId } from './ids.js';

/**
 * What a key to the API may be allowed. Most of it concerns one merchant's things, so that a key of one merchant may do
 * it there; `oversee` is about what belongs to no merchant, and so is never such a key's.
 */
export const PERMISSIONS = [
  'read',
  'create',
  'cancel',
  'review',
  'operate',
  'oversee',
  'settle',
  'keys',
  'audit',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['create', 'read', 'operate', 'approve', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The one table of who may do what. A role gives nothing that does not stand in its row. */
const GIVEN: Readonly<Record<Role, readonly Permission[]>> = {
  /** Payouts, payments and stored cards: make them, and take back what was not sent. */
  create: ['read', 'create', 'cancel'],
  /** See payouts, payments, stored cards, their histories, and accounts. */
  read: ['read'],
  /** Keep it running: reviews, stops, refunds, callbacks and notices, what accounts hold. */
  operate: ['read', 'cancel', 'review', 'operate', 'oversee'],
  /** Sign for an outcome that nobody can prove. */
  approve: ['read', 'review', 'settle'],
  /** Hand out keys, and see who did what. */
  admin: ['keys', 'audit'],
};

/** What a key carries. */
export interface Powers {
  readonly roles: readonly Role[];
  /** The one merchant it acts for; absent: all of them. */
  readonly merchant?: MerchantId | undefined;
  /** ISO 8601: it opens nothing any more from then on; absent: no such time. */
  readonly expiresAt?: string | undefined;
}

/** The roles that give a permission. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => GIVEN[role].includes(permission));
}

export function mayDo({ roles, merchant }: Powers, permission: Permission): boolean {
  if (permission === 'oversee' && merchant !== undefined) return false;
  return roles.some((role) => GIVEN[role].includes(permission));
}

/**
 * What of these powers is more than a key has: nobody may make a key, or see the new secret of one, that can do more
 * than the own one, for somebody else, or for longer.
 */
export function beyond(own: Powers, asked: Powers): readonly ('roles' | 'merchant' | 'expiresAt')[] {
  const longer =
    own.expiresAt !== undefined && !(asked.expiresAt !== undefined && asked.expiresAt <= own.expiresAt);
  return [
    ...(PERMISSIONS.some((one) => given(asked, one) && !given(own, one)) ? (['roles'] as const) : []),
    ...(own.merchant !== undefined && asked.merchant !== own.merchant ? (['merchant'] as const) : []),
    ...(longer ? (['expiresAt'] as const) : []),
  ];
}

function given({ roles }: Powers, permission: Permission): boolean {
  return roles.some((role) => GIVEN[role].includes(permission));
}
