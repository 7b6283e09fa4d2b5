import { z } from 'zod';
import { addressListText } from './address-list.js';
import { payloadKeys, privateKeys, publicKeys } from './key-set.js';

/** One environment variable: how to read its text, and what to tell the person whose value does not do. */
export interface Variable<T> {
  readonly schema: z.ZodType<T, string>;
  readonly remedy: string;
  /** Never shown; may also come by `<NAME>_FILE` (Docker secrets). */
  readonly secret?: true;
  /** The value is JSON, or the path of a file that holds it. */
  readonly jsonOrPath?: true;
}

function variable<T>(
  schema: z.ZodType<T, string>,
  remedy: string,
  traits: Partial<Variable<T>> = {},
): Variable<T> {
  return { ...traits, schema, remedy };
}

function whole(min: number, max: number): z.ZodType<number, string> {
  const problem = `is not a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, problem)
    .transform(Number)
    .refine((number) => number >= min && number <= max, problem);
}

function url(protocols: readonly string[]): z.ZodType<string, string> {
  return z.string().refine(
    (text) => {
      const parsed = URL.canParse(text) ? new URL(text) : undefined;
      return parsed !== undefined && parsed.hostname !== '' && protocols.includes(parsed.protocol);
    },
    `is not a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
}

const httpUrl = url(['http:', 'https:']).transform((text) => text.replace(/\/+$/, ''));
const host = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'is not a host name or IP address');
const keyBytes = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]+={0,2}$/, 'is not base64')
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((bytes) => bytes.length >= 32, 'is shorter than 32 bytes');

const hookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, 'is not whsec_ with base64')
  .transform((text) => new Uint8Array(Buffer.from(text.slice('whsec_'.length), 'base64')))
  .refine((bytes) => bytes.length >= 24 && bytes.length <= 64, 'is not of 24 to 64 bytes');

const yesOrNo = z
  .string()
  .pipe(z.enum(['true', 'false'], { error: 'is neither true nor false' }))
  .transform((text) => text === 'true');

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LISTEN = 'Give the address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for every network.';
const PATH = 'Give the path of a file or folder, absolute or relative to the current folder.';

/** Every variable of ours; Temporal's own are read by `temporal.ts`. */
export const VARIABLES = {
  PAYOUTS_DATABASE_URL: variable(
    url(['postgres:', 'postgresql:']),
    'Give postgres://user:password@host:5432/database, or unset it to use the embedded database.',
    { secret: true },
  ),
  PAYOUTS_DATA_DIR: variable(z.string(), PATH),
  PAYOUTS_ACCOUNTS: variable(z.string(), PATH),
  PAYOUTS_GATEWAY_HOST: variable(host, LISTEN),
  PAYOUTS_GATEWAY_PORT: variable(whole(0, 65_535), 'Give a TCP port, or 0 for any free one.'),
  PAYOUTS_PUBLIC_URL: variable(
    httpUrl,
    'Give the address by which providers and browsers reach the gateway: https://payouts.example.com.',
  ),
  PAYOUTS_TRUSTED_PROXIES: variable(
    addressListText,
    'Give the addresses or networks of your own reverse proxies, with commas: 10.0.0.0/8, 2001:db8::1.',
  ),
  PAYOUTS_API_ALLOWED_IPS: variable(
    addressListText,
    'Give the addresses or networks that may call the API, with commas: 10.1.0.0/16; unset it for all.',
  ),
  PAYOUTS_KEY_REQUESTS_PER_SEC: variable(
    whole(1, 1_000_000),
    'Give how many requests a second one API key may make of one gateway; the default is 200.',
  ),
  PAYOUTS_ADDRESS_REQUESTS_PER_SEC: variable(
    whole(1, 1_000_000),
    'Give how many requests a second that prove nothing one address may make; the default is 50.',
  ),
  PAYOUTS_CODEC_SERVER_HOST: variable(host, LISTEN),
  PAYOUTS_CODEC_SERVER_PORT: variable(whole(0, 65_535), 'Give a TCP port, or 0 for any free one.'),
  PAYOUTS_CODEC_SERVER_URL: variable(
    httpUrl,
    'Give the address by which browsers reach the codec server, on the host of the Temporal UI: https://temporal.example.com:7401.',
  ),
  PAYOUTS_TEMPORAL_UI_URL: variable(
    httpUrl,
    'Give the address at which people open the Temporal UI: http://127.0.0.1:8233.',
  ),
  PAYOUTS_GATEWAY_URL: variable(httpUrl, 'Give the address of the gateway: http://127.0.0.1:7400.'),
  PAYOUTS_API_KEY: variable(z.string(), 'Give the key that the gateway expects.', { secret: true }),
  PAYOUTS_SEALING_KEYS: variable(
    privateKeys,
    'Give a private JWKS ({"keys":[{"kty":"EC",…,"d":…}]}) or the path of a file that holds one.',
    { secret: true, jsonOrPath: true },
  ),
  PAYOUTS_SEALING_PUBLIC_KEY: variable(
    publicKeys,
    'Give the public JWKS ({"keys":[{"kty":"EC",…}]}, without "d") or the path of a file that holds it.',
    { jsonOrPath: true },
  ),
  PAYOUTS_PAYLOAD_KEYS: variable(
    payloadKeys,
    'Give a JWKS ({"keys":[{"kty":"oct","kid":…,"k":…}]}) or the path of a file that holds one; make one with: payouts keys',
    { secret: true, jsonOrPath: true },
  ),
  PAYOUTS_FINGERPRINT_KEY: variable(
    keyBytes,
    'Make one with: node -e "console.log(crypto.randomBytes(32).toString(\'base64\'))" and never change it.',
    { secret: true },
  ),
  PAYOUTS_HOOK_URL: variable(
    httpUrl,
    'Give the address that is to be told of reviews and corrections: https://ops.example.com/payouts.',
  ),
  PAYOUTS_HOOK_SECRET: variable(
    hookSecret,
    'Give whsec_ and base64 of at least 24 bytes, as Standard Webhooks has it, to both sides.',
    { secret: true },
  ),
  PAYOUTS_HOOK_ALLOW_PRIVATE: variable(
    yesOrNo,
    'Give true if the hook is meant to reach your own network, false or nothing otherwise.',
  ),
  PAYOUTS_LOG_LEVEL: variable(
    z.string().pipe(z.enum(LOG_LEVELS, { error: 'is not a log level' })),
    `Use one of: ${LOG_LEVELS.join(', ')}.`,
  ),
  PAYOUTS_METRICS_ADDRESS: variable(
    z.string().regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'is not host:port'),
    'Give the address on which a worker shows its Prometheus metrics: 0.0.0.0:9464; unset it for none.',
  ),
  PAYOUTS_MAX_CACHED_WORKFLOWS: variable(
    whole(0, 1_000_000),
    'Count 0.3 MB of memory for each; the default suits Node with its default heap.',
  ),
  PAYOUTS_MAX_WORKFLOW_TASKS: variable(whole(2, 10_000), 'Give how many workflow tasks may run at once.'),
  PAYOUTS_MAX_ACTIVITIES: variable(
    whole(1, 10_000),
    'Give how many provider calls per account may run at once.',
  ),
  PAYOUTS_SHUTDOWN_GRACE_SECS: variable(
    whole(1, 3600),
    'Give more seconds than the longest provider call takes; the default is 75.',
  ),
} as const;

export type VariableName = keyof typeof VARIABLES;
export type ValueOf<Name extends VariableName> = z.output<(typeof VARIABLES)[Name]['schema']>;
