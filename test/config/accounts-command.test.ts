import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConfigProblem } from '../../config/config-error.js';
import { run } from '../cli/cli-fixture.js';
import { tempDir } from '../support/temp-dir.js';
import { PROVIDERS } from '../../providers/registry.js';

const GOOD = `accounts:
  acme-a2p:
    provider: all2pay
    merchants: [acme, shop]
    rateLimit: { callsPerSecond: 2.5 }
    settings:
      baseUrl: https://api.all2pay.example/payouts/api/v2
      userName: acme-api
      password: { env: PW }
      callbacksEnabled: true
      callbackSecret: { file: callback-secret }
  open:
    provider: all2pay
    settings:
      baseUrl: http://127.0.0.1:7451/payouts/api/v2
      userName: open-api
      password: { env: PW }
      orderNumberPattern: '^[A-Z]{1,8}$'
`;

function fileWith(text: string): string {
  const folder = tempDir();
  writeFileSync(join(folder, 'callback-secret'), 'callback-secret-value\n');
  const file = join(folder, 'accounts.yaml');
  writeFileSync(file, text);
  return file;
}

const env = { PW: 'password-value', PAYOUTS_PUBLIC_URL: 'https://pay.example' };

describe('accounts check', () => {
  it('shows what a good file says, without its secrets', async () => {
    const file = fileWith(GOOD);
    const { code, out, err } = await run(['accounts', 'check', file], { env });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [heading, acme, open, note, verdict] = out.split('\n');
    expect(heading).toMatch(/^ACCOUNT +PROVIDER +MERCHANTS +PAYS TO +CAN ALSO +CALLBACKS +RATE$/);
    expect(acme).toMatch(/^acme-a2p +all2pay +acme, shop +card, /);
    expect(acme).toMatch(/https:\/\/pay\.example\/callbacks\/acme-a2p +2\.5\/s$/);
    expect(open).toMatch(/^open +all2pay \(simulator\) +all +.* none +unlimited$/);
    expect(note).toContain('! open: order ids that we make do not fit it');
    expect(verdict).toBe(`✔ ${file}: 2 accounts`);
    expect(out).not.toMatch(/password-value|callback-secret-value/);
  });

  it('says where callbacks have no address', async () => {
    const { code, out } = await run(['accounts', 'check', fileWith(GOOD)], { env: { PW: 'x' } });
    expect(code).toBe(0);
    expect(out).toContain('! acme-a2p: it expects callbacks, but PAYOUTS_PUBLIC_URL is not set here.');
  });

  it('answers programs with one object', async () => {
    const file = fileWith(GOOD);
    const { out } = await run(['accounts', 'check', file, '--json'], { env });
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      file,
      accounts: [
        {
          account: 'acme-a2p',
          provider: 'all2pay',
          merchants: ['acme', 'shop'],
          callbacks: 'hint',
          callbackUrl: 'https://pay.example/callbacks/acme-a2p',
          callsPerSecond: 2.5,
          simulated: false,
          notes: [],
        },
        { account: 'open', simulated: true, notes: [expect.stringContaining('orderId')] },
      ],
    });
  });

  it('tells every problem in one line, with exit code 2', async () => {
    const file = fileWith(
      GOOD.replace('{ env: PW }', '{ env: NOPE }').replace('callbackSecret', 'callbackSecrt'),
    );
    const { code, out, err } = await run(['accounts', 'check', file], { env });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const lines = err.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^payouts: .*accounts\.yaml:9 accounts\.acme-a2p\.settings\.password: the environment variable NOPE is not set\. Set NOPE/,
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /:11 accounts\.acme-a2p\.settings\.callbackSecrt: .*Did you mean "callbackSecret"\?/,
      ),
    );
    const json = await run(['accounts', 'check', file, '--json'], { env });
    expect(json).toMatchObject({ code: 2, err: '' });
    const { ok, problems } = JSON.parse(json.out) as { ok: boolean; problems: readonly ConfigProblem[] };
    expect(ok).toBe(false);
    expect(problems).toHaveLength(lines.length);
    const unset = problems.find(({ where }) => where.endsWith(':9 accounts.acme-a2p.settings.password'));
    expect(unset).toEqual({
      where: unset?.where,
      problem: 'the environment variable NOPE is not set',
      remedy: 'Set NOPE before the start, or name another variable or a file here.',
    });
  });

  it('opens keys: one that does not is a problem of its account', async () => {
    const signing = `      signing: { pkcs8Pem: { file: callback-secret } }\n`;
    const { code, err } = await run(['accounts', 'check', fileWith(`${GOOD}${signing}`)], { env });
    expect(code).toBe(2);
    expect(err).toContain('accounts.open.settings.signing.pkcs8Pem: is no private key in PEM');
    expect(err).not.toContain('callback-secret-value');
  });

  it('takes the file of PAYOUTS_ACCOUNTS, and says which one is not there', async () => {
    const { code } = await run(['accounts', 'check'], { env: { ...env, PAYOUTS_ACCOUNTS: fileWith(GOOD) } });
    expect(code).toBe(0);
    const none = await run(['accounts', 'check', 'no-such.yaml'], { env });
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain('no-such.yaml: cannot be read (ENOENT)');
  });

  it.each(['examples/accounts.demo.yaml', 'examples/accounts.yaml'])(
    'with --embedded reads %s as "payouts up" does',
    async (file) => {
      const { code, out, err } = await run(['accounts', 'check', file, '--embedded', '--json'], { env: {} });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const { accounts } = JSON.parse(out) as { accounts: { provider: string; simulated: boolean }[] };
      expect(accounts.filter(({ simulated }) => !simulated)).toEqual([]);
      const providers = new Set(accounts.map(({ provider }) => provider));
      expect([...providers].sort()).toEqual(PROVIDERS.map(({ name }) => name).sort());
    },
  );
});

describe('accounts schema', () => {
  it('prints the published one', async () => {
    const { code, out } = await run(['accounts', 'schema']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ title: expect.stringContaining('Accounts file') as unknown });
  });
});

it('both are explained, with examples', async () => {
  for (const argv of [['accounts'], ['accounts', 'check'], ['accounts', 'schema']]) {
    const { code, out } = await run([...argv, '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Examples:\n  $ ');
  }
});
