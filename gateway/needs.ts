import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { mayDo, rolesWith, type Permission, type Powers } from '../domain/roles.js';
import { ForbiddenError } from './errors.js';

/**
 * What a key must be allowed to use a route, declared once, with the route: one permission, or one for each word that a
 * field of its body may have.
 */
export type Needs =
  Permission | { readonly field: string; readonly words: Readonly<Record<string, Permission>> };

/** Asking once more is daily work; saying how it ended is signing for it. */
export const RESOLVING: Needs = {
  field: 'verdict',
  words: { paid: 'settle', not_paid: 'settle', ask_again: 'operate' },
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of every route under /v1; any other says `security: []`. */
    needs?: Needs;
  }
}

/** No route without a word on who may use it: a gateway that has one does not start. */
export function requireNeeds(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { needs } = route.config ?? {};
    const isApi = route.url.startsWith('/v1/');
    const name = `${String(route.method)} ${route.url}`;
    if (isApi && needs === undefined) {
      throw new Error(`${name} does not say who may use it: give it config.needs`);
    }
    if (isApi ? isOpen(route) : needs !== undefined || !(isOpen(route) || route.url.startsWith('/docs'))) {
      throw new Error(
        `${name} is ${isApi ? 'under /v1 but open' : 'outside of /v1, where no key is asked for'}: ` +
          'either it has config.needs under /v1, or schema.security [] elsewhere',
      );
    }
    if (needs !== undefined) describeNeeds(route, needs);
  });
}

function isOpen({ schema }: RouteOptions): boolean {
  return schema?.security?.length === 0;
}

/** The document says the same as the door does. */
function describeNeeds(route: RouteOptions, needs: Needs): void {
  const { description, ...schema } = route.schema ?? {};
  const words =
    typeof needs === 'string'
      ? `Roles: ${rolesWith(needs).join(', ')}.`
      : `Roles, by ${needs.field}: ${Object.entries(needs.words)
          .map(([word, permission]) => `${word} ${rolesWith(permission).join(' or ')}`)
          .join('; ')}.`;
  const scope = needs === 'oversee' ? ' Not for a key of one merchant.' : '';
  route.schema = {
    ...schema,
    description: [description, words + scope].filter((part) => part !== undefined).join(' '),
    'x-needs': needs,
  } as RouteOptions['schema'] & object;
}

/**
 * Before the body is looked at: whoever may not use a route learns nothing of it.
 *
 * @throws ForbiddenError
 */
export function requireAny(powers: Powers, needs: Needs): void {
  const wanted = typeof needs === 'string' ? [needs] : [...new Set(Object.values(needs.words))];
  if (!wanted.some((permission) => mayDo(powers, permission))) throw mayNot(powers, wanted);
}

/** @throws ForbiddenError where the body asks for more than the key may do */
export function requireByBody(powers: Powers, needs: Needs, { body }: Pick<FastifyRequest, 'body'>): void {
  if (typeof needs === 'string') return;
  const word: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, needs.field) : undefined;
  const wanted = typeof word === 'string' && Object.hasOwn(needs.words, word) ? needs.words[word] : undefined;
  if (wanted === undefined) throw new Error(`A body without ${needs.field} was let through`);
  if (!mayDo(powers, wanted)) throw mayNot(powers, [wanted]);
}

function mayNot({ roles, merchant }: Powers, wanted: readonly Permission[]): ForbiddenError {
  const needed = [...new Set(wanted.flatMap(rolesWith))];
  const forAll = wanted.every((permission) => permission === 'oversee') && merchant !== undefined;
  const has = `${roles.join(', ')}${forAll ? `, for merchant ${merchant}` : ''}`;
  return new ForbiddenError(
    `This needs the role ${needed.join(' or ')}${forAll ? ', of a key that acts for all merchants' : ''}; ` +
      `this key has ${has}. Ask an admin for another one.`,
  );
}
