import { expect, test } from 'vitest';
import { readTemporalConnection } from '../../config/temporal.js';
import { readTemporalSearch } from '../../config/temporal-search.js';

const bare = { TEMPORAL_CONFIG_FILE: '', HOME: '/nowhere', XDG_CONFIG_HOME: '/nowhere' };

test('the defaults are a server on this machine', () => {
  const { connectionOptions, namespace } = readTemporalConnection(bare);
  expect(connectionOptions.address).toBe('127.0.0.1:7233');
  expect(namespace).toBe('default');
});

test('the TEMPORAL_* variables count', () => {
  const { connectionOptions, namespace } = readTemporalConnection({
    ...bare,
    TEMPORAL_ADDRESS: 'temporal:7233',
    TEMPORAL_NAMESPACE: 'payouts',
  });
  expect(connectionOptions.address).toBe('temporal:7233');
  expect(namespace).toBe('payouts');
});

test('a configuration that cannot be used says where to look', () => {
  const env = { ...bare, TEMPORAL_PROFILE: 'no-such-profile' };
  expect(() => readTemporalConnection(env)).toThrow(
    /^TEMPORAL_\*: .*no-such-profile.*\. Look at TEMPORAL_ADDRESS/i,
  );
});

test('the search for a server follows the environment', () => {
  const search = readTemporalSearch({ PATH: '/a:/b', XDG_CACHE_HOME: '/cache', TEMPORAL_CLI_PATH: '/t' });
  expect(search).toMatchObject({ cliPath: '/t', searchPath: ['/a', '/b'], cacheDir: '/cache/payout-engine' });
  expect(search.address).toBeUndefined();
  expect(readTemporalSearch({ HOME: '/h' }).cacheDir).toMatch(/\.cache\/payout-engine$/);
});
