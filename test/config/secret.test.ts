import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../config/secret.js';

const secret = new Secret('hunter2');

test.each([
  ['a template', `${String(secret)}`],
  ['concatenation', 'key ' + String(secret)],
  ['JSON', JSON.stringify({ nested: [secret] })],
  ['inspect', inspect({ nested: [secret] }, { depth: 9, showHidden: true })],
  ['printf', format('%s %o %j', secret, secret, secret)],
  ['an error', String(new Error(`failed with ${String(secret)}`))],
  ['its own keys', Object.entries(secret).join()],
])('%s does not show a secret', (_, shown) => {
  expect(shown).not.toContain('hunter2');
});

test('a secret is revealed on request alone', () => {
  expect(secret.reveal()).toBe('hunter2');
  expect(String(secret)).toBe('[secret]');
});
