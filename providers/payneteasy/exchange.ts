import { createPrivateKey, randomBytes } from 'node:crypto';
import type { NotSent } from '../../domain/provider-answer.js';
import { createHttpCall, type HttpAnswer, type HttpRequest } from '../http-call.js';
import type { PayneteasyConfig } from './config.js';
import { formBody, type FormBody } from './form-body.js';
import type { MoneyCommand } from './interpret-money.js';
import type { LoginGuard } from '../login-guard.js';
import { hmacAuthorization, rsaAuthorization, type Stamp } from './oauth.js';

/** The HTTP exchanges of one account, each signed as its command wants it (Payneteasy §4). */
export interface Exchange {
  /** `not_sent` while payouts are held back. */
  heldBack(): NotSent | undefined;
  /** The body leaves byte for byte; nonce and time are made here, new for every sending. */
  money(command: MoneyCommand, body: FormBody, signal: AbortSignal): Promise<HttpAnswer>;
  status(body: FormBody, signal: AbortSignal): Promise<HttpAnswer>;
  /** `below`: what follows the command's path. */
  balance(below: string, body: FormBody, signal: AbortSignal): Promise<HttpAnswer>;
}

interface Parts {
  readonly config: PayneteasyConfig;
  readonly guard: LoginGuard;
  readonly now: () => number;
}

type Command = keyof PayneteasyConfig['paths'];

export function createExchange({ config, guard, now }: Parts): Exchange {
  const { login, merchantControl, signing, connectTimeoutMs, timeoutMs, responseFormat } = config;
  const { pkcs8Pem, passphrase } = signing;
  const call = createHttpCall({ connectTimeoutMs, timeoutMs });
  const key = createPrivateKey({
    key: pkcs8Pem,
    format: 'pem',
    ...(passphrase !== undefined && { passphrase }),
  });
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    Accept: responseFormat === 'json' ? 'application/vnd.pay+json' : 'text/html',
  };
  const stamp = (): Stamp => ({
    nonce: randomBytes(16).toString('hex'),
    timestamp: Math.floor(now() / 1000),
  });

  function post(
    url: string,
    { bytes }: FormBody,
    authorization: string | undefined,
    connection: HttpRequest['connection'],
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const signed = authorization === undefined ? headers : { ...headers, Authorization: authorization };
    return call({ method: 'POST', url, headers: signed, body: bytes, connection }, signal);
  }

  const signed = (url: string, { fields }: FormBody): string =>
    rsaAuthorization({ url, fields }, login, key, stamp());

  return {
    heldBack: () => guard.heldBack(),
    async money(command, body, signal) {
      const held = guard.admit();
      if (held !== undefined) return held;
      const url = addressOf(config, command, endpoint(config));
      const answer = await post(url, body, signed(url, body), 'fresh', signal);
      guard.heard(answer);
      return answer;
    },
    async status(body, signal) {
      const isV4 = config.statusVersion === 'v4';
      const url = addressOf(config, isV4 ? 'status-v4' : 'status-v2', endpoint(config));
      const answer = await post(url, body, isV4 ? signed(url, body) : undefined, 'pooled', signal);
      guard.heardQuestion(answer);
      return answer;
    },
    async balance(below, body, signal) {
      const url = addressOf(config, 'get-balance', below);
      const { header, fields } = hmacAuthorization(
        { url, fields: body.fields },
        login,
        merchantControl,
        stamp(),
      );
      return post(url, formBody(fields), header, 'pooled', signal);
    },
  };
}

/** `{ENDPOINTID}` or `group/{ENDPOINTGROUPID}` (§2). */
export function endpoint({ endpointId, endpointGroupId = '' }: PayneteasyConfig): string {
  return endpointId ?? `group/${endpointGroupId}`;
}

function addressOf({ baseUrl, paths }: PayneteasyConfig, command: Command, below: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${paths[command]}/${below}`;
}
