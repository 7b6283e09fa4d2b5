import { readFileSync } from 'node:fs';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCS_FILE, docsOf, docsText, SCHEMA_FILE, schemaText } from '../../scripts/write-accounts-docs.js';
import { ACCOUNT_PROTOCOLS } from '../../workers/account-protocols.js';

const REMEDY = 'Run: npx tsx scripts/write-accounts-docs.ts';

describe('what is written down is what the code knows', () => {
  test('the schema', async () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8'), REMEDY).toBe(await schemaText());
  });

  test('the tables', () => {
    const written = readFileSync(DOCS_FILE, 'utf8');
    expect(written, REMEDY).toBe(docsText(written));
  });

  test.each(Object.keys(ACCOUNT_PROTOCOLS))('every setting of %s is explained', (provider) => {
    const { settings } = docsOf(provider);
    const schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as {
      definitions: Record<string, { properties: object }>;
    };
    const names = Object.keys(schema.definitions[`${provider}Settings`]?.properties ?? {});
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !settings.get(name)?.words)).toEqual([]);
  });

  test('every secret is marked and can be nothing but a reference', () => {
    const text = readFileSync(DOCS_FILE, 'utf8');
    for (const { secretFields } of Object.values(ACCOUNT_PROTOCOLS)) {
      for (const field of secretFields) expect(text).toContain(`| \`${field}\` 🔑 |`);
    }
  });
});

describe('the published schema', () => {
  let app: FastifyInstance;

  beforeAll(async () => {
    // Any validator will do; this is the one that is here. Its defaults would mend what they check.
    app = fastify({
      ajv: {
        customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true },
      },
    });
    const body: unknown = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));
    app.post('/', { schema: { body } }, async () => 'valid');
    await app.ready();
  });
  afterAll(() => app.close());

  /** Empty if it is accepted. */
  async function problemsOf(file: unknown): Promise<string> {
    const answer = await app.inject({ method: 'POST', url: '/', payload: JSON.stringify(file), headers });
    return answer.statusCode === 200 ? '' : answer.json<{ message: string }>().message;
  }
  const headers = { 'content-type': 'application/json' };

  const settings = { baseUrl: 'https://x.example/v2', userName: 'u', password: { env: 'PW' } };
  const entry = { provider: 'all2pay', settings };
  const withSettings = (more: object): unknown => ({
    accounts: { a1: { ...entry, settings: { ...settings, ...more } } },
  });

  test.each([
    'examples/accounts.yaml',
    'examples/accounts.demo.yaml',
    'test/support/accounts.yaml',
    'test/outage/accounts.yaml',
    'bench/accounts.yaml',
  ])('accepts %s', async (file) => {
    expect(await problemsOf(parse(readFileSync(file, 'utf8')))).toBe('');
  });

  test.each(['examples/accounts.yaml', 'examples/accounts.demo.yaml'])('is named by %s', (file) => {
    expect(readFileSync(file, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/docs\/accounts\.schema\.json\n/,
    );
  });

  test.each<[string, unknown]>([
    ['the least', { accounts: { a1: entry } }],
    [
      'references instead of values',
      withSettings({ connectTimeoutMs: { env: 'MS' }, baseUrl: { file: 'url' } }),
    ],
    ['a key by file', withSettings({ signing: { pkcs8Pem: { file: 'key.pem' }, passphrase: { env: 'P' } } })],
    ['a variant', { accounts: { a1: { ...entry, simulator: { duplicateOrder: 'executeAgain' } } } }],
  ])('accepts %s', async (_, file) => {
    expect(await problemsOf(file)).toBe('');
  });

  test.each<[string, unknown]>([
    ['a secret written out', withSettings({ password: 'hunter2' })],
    ['a secret written out deeper down', withSettings({ signing: { pkcs8Pem: '-----BEGIN' } })],
    ['a reference to two things', withSettings({ password: { env: 'A', file: 'b' } })],
    ['an unknown setting', withSettings({ passwrd: { env: 'PW' } })],
    ['a setting of the wrong kind', withSettings({ connectTimeoutMs: 'soon' })],
    ['a setting out of its choice', withSettings({ panPath: 'target' })],
    ['a missing setting', { accounts: { a1: { ...entry, settings: { userName: 'u' } } } }],
    ['no settings', { accounts: { a1: { provider: 'all2pay' } } }],
    ['an unknown provider', { accounts: { a1: { ...entry, provider: 'allpay' } } }],
    ['an unknown field', { accounts: { a1: { ...entry, merchant: 'acme' } } }],
    ['an account id of other letters', { accounts: { 'Acme One': entry } }],
    ['nobody who may pay', { accounts: { a1: { ...entry, merchants: [] } } }],
    ['a rate of nothing', { accounts: { a1: { ...entry, rateLimit: { callsPerSecond: 0 } } } }],
    ['an unknown variant', { accounts: { a1: { ...entry, simulator: { duplicates: 'x' } } } }],
    ['another top-level key', { accounts: {}, acounts: {} }],
    ['an empty file', {}],
  ])('refuses %s', async (_, file) => {
    expect(await problemsOf(file)).not.toBe('');
  });
});
