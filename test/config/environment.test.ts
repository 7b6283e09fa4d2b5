import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { addressTest } from '../../config/address-list.js';
import { ConfigError } from '../../config/config-error.js';
import { readEnvironment } from '../../config/environment.js';
import { VARIABLES } from '../../config/variables.js';
import { tempDir } from '../support/temp-dir.js';

const PRIVATE = { keys: [{ kty: 'EC', crv: 'P-256', x: 'xx', y: 'yy', d: 'hunter2' }] };
const PUBLIC = { keys: [{ kty: 'EC', crv: 'P-256', x: 'xx', y: 'yy' }] };
const PAYLOAD = { keys: [{ kty: 'oct', kid: 'k1', k: Buffer.alloc(32, 7).toString('base64url') }] };
const KEY = Buffer.alloc(32, 7).toString('base64');

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('an empty environment gives the defaults of the embedded engine', () => {
  const environment = readEnvironment({});
  expect(environment).toMatchObject({
    dataDir: resolve('.payouts'),
    accountsFile: resolve('accounts.yaml'),
    gateway: { host: '127.0.0.1', port: 7400 },
    doors: { trustedProxies: [], keyRequestsPerSec: 200, addressRequestsPerSec: 50 },
    api: { url: 'http://127.0.0.1:7400' },
    logLevel: 'info',
    worker: { maxCachedWorkflows: 600, maxWorkflowTasks: 40, maxActivities: 100, shutdownGraceMs: 75_000 },
  });
  expect(environment.databaseUrl).toBeUndefined();
  expect(environment.sealingKeys).toBeUndefined();
});

test('empty is the same as unset', () => {
  const empty = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, '']));
  expect(inspect(readEnvironment(empty))).toBe(inspect(readEnvironment({})));
});

test('every variable is read', () => {
  const environment = readEnvironment({
    PAYOUTS_DATABASE_URL: 'postgres://u:p@db/payouts',
    PAYOUTS_GATEWAY_PORT: '0',
    PAYOUTS_PUBLIC_URL: 'https://pay.example.com/',
    PAYOUTS_API_KEY: 'k',
    PAYOUTS_SEALING_KEYS: JSON.stringify(PRIVATE),
    PAYOUTS_SEALING_PUBLIC_KEY: JSON.stringify(PUBLIC),
    PAYOUTS_FINGERPRINT_KEY: KEY,
    PAYOUTS_PAYLOAD_KEYS: JSON.stringify(PAYLOAD),
    PAYOUTS_CODEC_SERVER_PORT: '0',
    PAYOUTS_CODEC_SERVER_URL: 'https://ops.example.com:7401/',
    PAYOUTS_TEMPORAL_UI_URL: 'https://ops.example.com',
    PAYOUTS_LOG_LEVEL: 'debug',
    PAYOUTS_HOOK_URL: 'https://ops.example.com/payouts',
    PAYOUTS_HOOK_SECRET: `whsec_${KEY}`,
    PAYOUTS_HOOK_ALLOW_PRIVATE: 'true',
    PAYOUTS_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1',
    PAYOUTS_API_ALLOWED_IPS: '192.0.2.0/24',
    PAYOUTS_KEY_REQUESTS_PER_SEC: '7',
    PAYOUTS_ADDRESS_REQUESTS_PER_SEC: '8',
    PAYOUTS_SHUTDOWN_GRACE_SECS: '10',
    PAYOUTS_METRICS_ADDRESS: '0.0.0.0:9464',
  });
  expect(environment.databaseUrl?.reveal()).toBe('postgres://u:p@db/payouts');
  expect(environment.gateway).toMatchObject({ port: 0, publicUrl: 'https://pay.example.com' });
  expect(environment.api.key?.reveal()).toBe('k');
  expect(environment.sealingKeys?.reveal()).toEqual(PRIVATE);
  expect(environment.sealingPublicKeys).toEqual(PUBLIC);
  expect(environment.hook).toMatchObject({ url: 'https://ops.example.com/payouts', allowPrivate: true });
  expect(environment.doors).toEqual({
    trustedProxies: ['10.0.0.0/8', '2001:db8::1'],
    apiAllowedIps: ['192.0.2.0/24'],
    keyRequestsPerSec: 7,
    addressRequestsPerSec: 8,
  });
  expect(environment.payloadKeys?.reveal()).toEqual(PAYLOAD);
  expect(environment.codecServer).toMatchObject({ port: 0, publicUrl: 'https://ops.example.com:7401' });
  expect(environment.codecServer.uiUrl).toBe('https://ops.example.com');
  expect(environment.hook?.secret.reveal()).toHaveLength(32);
  expect(environment.fingerprintKey?.reveal()).toHaveLength(32);
  expect(environment.logLevel).toBe('debug');
  expect(environment.worker).toMatchObject({ shutdownGraceMs: 10_000, metricsAddress: '0.0.0.0:9464' });
});

test('what is read never prints a secret', () => {
  const environment = readEnvironment({
    PAYOUTS_DATABASE_URL: 'postgres://u:hunter2@db/payouts',
    PAYOUTS_API_KEY: 'hunter2',
    PAYOUTS_SEALING_KEYS: JSON.stringify(PRIVATE),
    PAYOUTS_PAYLOAD_KEYS: JSON.stringify(PAYLOAD),
    ACME_A2P_PASSWORD: 'hunter2',
  });
  expect(inspect(environment, { depth: 9, showHidden: true })).not.toContain('hunter2');
  expect(JSON.stringify(environment)).not.toMatch(/hunter2|BwcHBwcH/);
  expect(inspect(environment, { depth: 9 })).not.toContain('BwcHBwcH');
});

describe('refusals name the variable, the problem and the remedy', () => {
  test.each<[string, string, string]>([
    [
      'PAYOUTS_DATABASE_URL',
      'mysql://hunter2@db',
      'is not a URL that begins with postgres:// or postgresql://. Give postgres',
    ],
    ['PAYOUTS_GATEWAY_HOST', 'http://x', 'is not a host name or IP address. Give the address to listen on'],
    ['PAYOUTS_GATEWAY_PORT', '70000', 'is not a whole number from 0 to 65535. Give a TCP port'],
    [
      'PAYOUTS_PUBLIC_URL',
      'pay.example.com',
      'is not a URL that begins with http:// or https://. Give the address',
    ],
    ['PAYOUTS_GATEWAY_URL', 'ftp://x', 'is not a URL that begins with http:// or https://. Give the address'],
    ['PAYOUTS_SEALING_KEYS', '{"keys":hunter2}', 'is not JSON. Give a private JWKS'],
    ['PAYOUTS_SEALING_KEYS', '{"keys":[]}', 'is not a JWKS with at least one key. Give a private JWKS'],
    [
      'PAYOUTS_SEALING_KEYS',
      JSON.stringify(PUBLIC),
      'holds a key without its private part ("d"). Give a private',
    ],
    [
      'PAYOUTS_SEALING_KEYS',
      '/nowhere/keys.json',
      'names /nowhere/keys.json, which cannot be read (ENOENT). Give',
    ],
    [
      'PAYOUTS_SEALING_PUBLIC_KEY',
      JSON.stringify(PRIVATE),
      'holds a private key, which no client may have. Give the public',
    ],
    ['PAYOUTS_PAYLOAD_KEYS', JSON.stringify(PRIVATE), 'holds a key that is not one of 256 bits'],
    [
      'PAYOUTS_PAYLOAD_KEYS',
      JSON.stringify({ keys: [...PAYLOAD.keys, ...PAYLOAD.keys] }),
      'holds two keys of one id',
    ],
    ['PAYOUTS_FINGERPRINT_KEY', '!!', 'is not base64. Make one with'],
    ['PAYOUTS_FINGERPRINT_KEY', 'aHVudGVyMg==', 'is shorter than 32 bytes. Make one with'],
    ['PAYOUTS_LOG_LEVEL', 'loud', 'is not a log level. Use one of: error, warn, info, debug.'],
    ['PAYOUTS_METRICS_ADDRESS', '9464', 'is not host:port. Give the address'],
    ['PAYOUTS_MAX_CACHED_WORKFLOWS', 'many', 'is not a whole number from 0 to 1000000. Count'],
    ['PAYOUTS_MAX_WORKFLOW_TASKS', '1', 'is not a whole number from 2 to 10000. Give'],
    ['PAYOUTS_MAX_ACTIVITIES', '0', 'is not a whole number from 1 to 10000. Give'],
    ['PAYOUTS_HOOK_SECRET', 'hunter2', 'is not whsec_ with base64. Give whsec_ and base64'],
    ['PAYOUTS_SHUTDOWN_GRACE_SECS', '1.5', 'is not a whole number from 1 to 3600. Give more seconds'],
  ])('%s=%s', (name, value, expected) => {
    const [line = '', ...more] = problemsOf({ [name]: value });
    expect(line).toContain(`${name}: ${expected}`);
    expect(line).not.toContain('hunter2');
    expect(more).toEqual([]);
  });

  test('all problems come at once', () => {
    expect(problemsOf({ PAYOUTS_GATEWAY_PORT: 'x', PAYOUTS_LOG_LEVEL: 'x' })).toHaveLength(2);
  });

  test('a misspelt variable is not passed over', () => {
    expect(problemsOf({ PAYOUTS_DATABSE_URL: 'postgres://db/x' })).toEqual([
      'PAYOUTS_DATABSE_URL: is not a variable of ours. Did you mean PAYOUTS_DATABASE_URL?',
    ]);
  });

  test('what Kubernetes sets for a service called "payouts" does no harm', () => {
    expect(problemsOf({ PAYOUTS_PORT: 'tcp://10.0.0.1:7400', PAYOUTS_SERVICE_HOST: '10.0.0.1' })).toEqual([]);
  });
});

describe('secrets by file', () => {
  test('the file is read without its last line break', () => {
    const file = join(tempDir(), 'key');
    writeFileSync(file, `${KEY}\n`);
    expect(readEnvironment({ PAYOUTS_FINGERPRINT_KEY_FILE: file }).fingerprintKey?.reveal()).toHaveLength(32);
  });

  test('sealing keys may be named by either variable', () => {
    const file = join(tempDir(), 'keys.json');
    writeFileSync(file, JSON.stringify(PRIVATE));
    expect(readEnvironment({ PAYOUTS_SEALING_KEYS: file }).sealingKeys?.reveal()).toEqual(PRIVATE);
    expect(readEnvironment({ PAYOUTS_SEALING_KEYS_FILE: file }).sealingKeys?.reveal()).toEqual(PRIVATE);
  });

  test('a missing or empty file, or both variables at once, are refused', () => {
    const empty = join(tempDir(), 'empty');
    writeFileSync(empty, '\n');
    const [missing] = problemsOf({ PAYOUTS_API_KEY_FILE: '/nowhere' });
    expect(missing).toContain('PAYOUTS_API_KEY_FILE: names /nowhere, which cannot be read (ENOENT)');
    expect(problemsOf({ PAYOUTS_API_KEY_FILE: empty })[0]).toContain('it is empty');
    const [both] = problemsOf({ PAYOUTS_API_KEY: 'k', PAYOUTS_API_KEY_FILE: empty });
    expect(both).toBe('PAYOUTS_API_KEY: is set, and so is PAYOUTS_API_KEY_FILE. Set one of the two.');
  });
});

test('a hook without its secret, or a secret without its hook, is refused', () => {
  expect(problemsOf({ PAYOUTS_HOOK_URL: 'https://ops.example.com' })).toEqual([
    'PAYOUTS_HOOK_SECRET: is not set, but PAYOUTS_HOOK_URL is. Set both, or neither.',
  ]);
  expect(problemsOf({ PAYOUTS_HOOK_SECRET: `whsec_${KEY}` })).toEqual([
    'PAYOUTS_HOOK_URL: is not set, but PAYOUTS_HOOK_SECRET is. Set both, or neither.',
  ]);
});

test.each(['here', '10.0.0.0/33', '10.0.0.0/8,', '10.0.0.1:80', 'fe80::1%eth0', '*'])(
  'addresses that are none are refused: %s',
  (text) => {
    expect(problemsOf({ PAYOUTS_TRUSTED_PROXIES: text })).toEqual([
      'PAYOUTS_TRUSTED_PROXIES: is not a list of IP addresses and networks. Give the addresses or networks of your ' +
        'own reverse proxies, with commas: 10.0.0.0/8, 2001:db8::1.',
    ]);
  },
);

test('an address is on a list however it is written', () => {
  const isListed = addressTest(['198.51.100.0/24', '203.0.113.7', '2001:db8::/32']);
  const yes = ['203.0.113.7', '198.51.100.200', '::ffff:203.0.113.7', '2001:db8::1', '2001:DB8:0::1%eth0'];
  const no = ['203.0.113.8', '198.51.101.1', '::1', 'somewhere', '', '203.0.113.7:80'];
  expect(yes.filter((address) => !isListed(address))).toEqual([]);
  expect(no.filter(isListed)).toEqual([]);
});
