/** Who may call which command. Payneteasy §4; whoever may not is told HTTP 403. */
import type { FastifyRequest } from 'fastify';

import type { Clock } from './clock.js';
import { questionSum } from './control-sum.js';
import type { Form } from './encoding.js';
import type { Claimed } from './oauth.js';
import { isSignedByHmac, isSignedByRsa, readAuthorization } from './oauth.js';
import type { Merchant, Settings } from './settings.js';

export type Method = 'rsa' | 'hmac' | 'control';

export interface Arrived {
  readonly request: FastifyRequest;
  readonly form: Form;
  /** What follows the command's path. */
  readonly below: string;
}

export interface Authentication {
  /** The merchant, if it is one and may use the endpoint. */
  check(method: Method, arrived: Arrived): Merchant | undefined;
}

export function createAuthentication({ merchants }: Settings, clock: Clock): Authentication {
  const nonces = new Set<string>();

  function inTime({ login, nonce, timestamp }: Claimed, { variant }: Merchant): boolean {
    if (Math.abs(clock.now() / 1000 - timestamp) > variant.clockWindowSecs) return false;
    const key = `${login}\n${nonce}`;
    if (nonces.has(key) && variant.repeatedNonce === 'refused') return false;
    nonces.add(key);
    return true;
  }

  function signed(method: 'rsa' | 'hmac', { request, form }: Arrived): Merchant | undefined {
    const claimed = readAuthorization(request.headers.authorization ?? '');
    const merchant = merchants.get(claimed?.login ?? '');
    if (!claimed || !merchant) return undefined;
    const asked = { url: urlOf(request), authorization: '', form };
    const isGenuine =
      method === 'hmac'
        ? isSignedByHmac(asked, claimed, merchant.merchantControl)
        : merchant.publicKey !== undefined && isSignedByRsa(asked, claimed, merchant.publicKey);
    // A nonce is used up by a genuine request alone.
    return isGenuine && inTime(claimed, merchant) ? merchant : undefined;
  }

  function controlled({ form }: Arrived): Merchant | undefined {
    const { login = '', client_orderid: clientOrderId = '', orderid: orderId = '', control } = form;
    const merchant = merchants.get(login);
    const expected = questionSum({ login, clientOrderId, orderId }, merchant?.merchantControl ?? '');
    return merchant && control === expected ? merchant : undefined;
  }

  return {
    check: (method, arrived) => {
      const merchant = method === 'control' ? controlled(arrived) : signed(method, arrived);
      return merchant && mayUse(merchant, arrived.below) ? merchant : undefined;
    },
  };
}

function mayUse({ login, endpoints, groups }: Merchant, below: string): boolean {
  const [kind, id] = below.split('/');
  if (kind === 'group') return groups.includes(id ?? '');
  if (kind === 'merchant' || kind === 'manager') return id === login;
  return endpoints.includes(below);
}

/** Scheme and host in lower case, no default port, the path as it is, no query. */
function urlOf(request: FastifyRequest): string {
  const host = (request.headers.host ?? '').toLowerCase().replace(/:80$/, '');
  return `http://${host}${(request.raw.url ?? '').split('?')[0]}`;
}
