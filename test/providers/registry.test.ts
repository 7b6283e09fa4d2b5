import { expect, it } from 'vitest';
import type { AccountId } from '../../domain/ids.js';
import { providerNamed, PROVIDERS } from '../../providers/registry.js';

it('knows each protocol by its own name', () => {
  expect(PROVIDERS.map(({ name }) => providerNamed(name)?.name)).toEqual(PROVIDERS.map(({ name }) => name));
  expect(providerNamed('nobody')).toBeUndefined();
});

it('says which fields of All2pay are secrets', () => {
  expect(providerNamed('all2pay')?.secretFields).toEqual([
    'password',
    'callbackSecret',
    'signing.pkcs8Pem',
    'signing.passphrase',
  ]);
});

it('refuses a bad configuration when the provider is made, without repeating secrets', () => {
  const create = () => providerNamed('all2pay')?.create('a' as AccountId, { password: 'x'.repeat(31) });
  expect(create).toThrow(/baseUrl/);
  expect(create).not.toThrow(/xxxx/);
});
