import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from '../../config/variables.js';

interface Service {
  readonly environment?: Record<string, unknown>;
  readonly secrets?: string[];
  readonly image?: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: unknown;
}
interface Compose {
  readonly services: Record<string, Service>;
  readonly secrets: Record<string, unknown>;
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;
const services = Object.entries(compose.services);

test('our variables are spelt as we read them, and files are given for secrets alone', () => {
  const known = Object.entries(VARIABLES).flatMap(([name, { secret }]: [string, { secret?: true }]) =>
    secret ? [name, `${name}_FILE`] : [name],
  );
  const used = services.flatMap(([, { environment = {} }]) => Object.keys(environment));
  expect(used.filter((name) => name.startsWith('PAYOUTS_') && !known.includes(name))).toEqual([]);
  expect(used).toContain('PAYOUTS_DATABASE_URL_FILE');
});

test('every secret that is used is declared, and used where its path is named', () => {
  for (const [name, { secrets = [], environment = {} }] of services) {
    expect(Object.keys(compose.secrets), name).toEqual(expect.arrayContaining(secrets));
    const named = JSON.stringify(environment).matchAll(/\/run\/secrets\/(\w+)/g);
    for (const [, secret] of named) expect(secrets, name).toContain(secret);
  }
});

test('what opens cards is in the workers alone', () => {
  for (const [name, { secrets = [], environment = {} }] of services) {
    const opens =
      secrets.includes('sealing_keys') || Object.keys(environment).some((key) => /SEALING_KEYS/.test(key));
    expect(opens, name).toBe(name === 'worker');
  }
  expect(compose.services['gateway']?.environment).toHaveProperty('PAYOUTS_SEALING_PUBLIC_KEY');
});

test('the gateway can tell the hook, and know the clients behind its proxy', () => {
  expect(compose.services['gateway']?.environment).toMatchObject({
    PAYOUTS_TRUSTED_PROXIES: '${PAYOUTS_TRUSTED_PROXIES:-}',
    PAYOUTS_HOOK_URL: '${PAYOUTS_HOOK_URL:-}',
    // A secret without an address would be refused.
    PAYOUTS_HOOK_SECRET_FILE: '${PAYOUTS_HOOK_URL:+/run/secrets/hook_secret}',
  });
});

test('a worker has more time to stop than its calls have to finish', () => {
  const { environment = {}, stop_grace_period: period = '' } = compose.services['worker'] ?? {};
  // Five seconds after the grace the SDK stops by force.
  expect(Number.parseInt(period, 10)).toBeGreaterThan(Number(environment['PAYOUTS_SHUTDOWN_GRACE_SECS']) + 5);
});

test('images are pinned, and what others wait for has a health check', () => {
  for (const [name, { image = '' }] of services) expect(image, name).toMatch(/:(latest|[\d.]+)$/);
  for (const name of ['worker', 'gateway', 'codec-server', 'postgres', 'temporal']) {
    expect(compose.services[name]?.healthcheck, name).toBeDefined();
  }
});
