import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandName } from '../../cli/command-name.js';
import { writeUpFile, readUpFile, type UpFile } from '../../cli/up-file.js';
import { CARD, payout, run } from './cli-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'payouts-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const HEADER = 'payout_id,account,amount,currency,destination,card_number';

describe('help', () => {
  const commands =
    'up demo worker gateway codec-server create get list watch review cancel resolve correct stop resume stops callbacks hook run ping balance stored-cards payments api-key audit keys doctor'.split(
      ' ',
    );

  it('without a command shows all commands by what they are for', async () => {
    const { code, out, err } = await run([]);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const name of commands) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    for (const heading of [
      'Try it:',
      'Pay:',
      'Take payments:',
      'Look and settle:',
      'Ask the providers:',
      'Run it in production:',
    ])
      expect(out).toContain(heading);
  });

  it.each(commands)('of %s has examples', async (name) => {
    const { code, out } = await run([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Examples:\n  $ ');
  });
});

describe('bad usage is told in one line, with exit code 2', () => {
  it.each([
    [['lst'], "unknown command 'lst'"],
    [['list', '--stauts', 'x'], "unknown option '--stauts'"],
    [['list', '--status', 'done'], 'Allowed choices are created'],
    [['get', 'P-1'], "required option '--merchant <id>' not specified"],
    [['cancel', 'P-1', '--merchant', 'acme'], "required option '--reason <words>'"],
    [
      ['resolve', 'P-1', '--merchant', 'acme', '--reason', 'x', '--verdict', 'maybe'],
      'Allowed choices are paid',
    ],
    [['run'], "missing required argument 'file'"],
    [['run', 'x.csv', '--concurrency', '0'], 'Give a whole number from 1 to 500'],
    [['run', join(folder, 'none.csv')], 'there is no such file'],
    [['run', folder], 'it is a folder'],
    [['up', '--ui-port', '99999'], 'from 1 to 65535'],
  ])('%j', async (argv, words) => {
    const { code, out, err } = await run(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^payouts: /);
    expect(err).toContain(words);
    expect(err).not.toContain('    at ');
  });

  it('shows where an error came from with --debug alone', async () => {
    expect((await run(['run', folder, '--debug'])).err).toContain('    at ');
  });

  it('names a misspelt variable', async () => {
    const { code, err } = await run(['list'], { env: { PAYOUTS_GATEWAY_ULR: 'http://x' } });
    expect(code).toBe(2);
    expect(err).toContain(
      'PAYOUTS_GATEWAY_ULR: is not a variable of ours. Did you mean PAYOUTS_GATEWAY_URL?',
    );
  });
});

describe('a card number on the command line', () => {
  it.each([
    [['create', '--card-number', CARD]],
    [['create', `--card-number=${CARD}`]],
    [['create', CARD]],
    [
      [
        'create',
        '--description',
        `to ${CARD.slice(0, 4)} ${CARD.slice(4, 8)} ${CARD.slice(8, 12)} ${CARD.slice(12)}`,
      ],
    ],
    [['run', CARD]],
  ])('is refused, with what to do instead, and not repeated: %#', async (argv) => {
    const { code, err } = await run(argv);
    expect(code).toBe(2);
    expect(err).toContain('--card-number-stdin');
    expect(err).not.toContain(CARD.slice(6));
  });

  it('is no account number that happens to look like one', async () => {
    const { err } = await run(['create', '--account-number', CARD]);
    expect(err).not.toContain('card number');
  });
});

describe('create', () => {
  const good = ['create', '--merchant', 'acme', '--payout-id', 'P-1', '--account', 'a', '--currency', 'RUB'];

  it('tells every bad option by its name', async () => {
    const { code, err } = await run(['create', '--amount', '10.50', '--phone', '+7916', '--currency', 'RUB']);
    expect(code).toBe(2);
    expect(err.split('\n').map((line) => line.split(':')[1]?.trim())).toEqual(
      expect.arrayContaining(['--merchant', '--payout-id', '--account', '--amount', '--phone', '--bank-id']),
    );
  });

  it('reads a card number from stdin and never shows it', async () => {
    const wrong = CARD.replace(/4$/, '5');
    const { code, err } = await run([...good, '--amount', '1', '--card-number-stdin'], {
      stdin: `${wrong}\n`,
    });
    expect(code).toBe(2);
    expect(err).toContain('the card number: fails the check digit (Luhn)');
    expect(err).not.toContain(wrong);
  });

  it('asks for it on a terminal alone', async () => {
    const { err } = await run([...good, '--amount', '1', '--destination', 'card']);
    expect(err).toContain('Give it by --card-number-stdin');
  });

  it('reads a whole request as JSON, from a file or stdin', async () => {
    const request = {
      merchant: 'acme',
      payoutId: 'P 1',
      account: 'a',
      amount: { minor: 1, currency: 'RUB' },
    };
    const text = JSON.stringify({ ...request, destination: { type: 'card', number: CARD } });
    for (const [argv, stdin] of [
      [['create', '--json-input', '-'], text],
      [['create', '--json-input', file('request.json', text)], ''],
    ] as const) {
      const { code, err } = await run(argv, { stdin });
      expect(code).toBe(2);
      expect(err).toMatch(/^payouts: payoutId: is not a payout id\./);
      expect(err).not.toContain(CARD);
    }
    const broken = await run(['create', '--json-input', '-'], { stdin: `{"number":${CARD}` });
    expect(broken.err).toContain('stdin is not JSON');
    expect(broken.err).not.toContain(CARD);
  });
});

describe('run', () => {
  it('tells every problem of a file and starts nothing', async () => {
    const path = file('bad.csv', `${HEADER}\nP-1,a,1E+20,RUB,card,${CARD}\nP-2,a,1,RUB,crad,${CARD}\n`);
    const { code, err, out } = await run(['run', path, '--merchant', 'acme']);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('payouts: line 2, amount: "1E+20" is a number that a spreadsheet shortened');
    expect(err).toContain('payouts: line 3, destination: "crad" is not known here. Did you mean "card"?');
    expect(err).toContain('was not run: 2 problems to mend first. Nothing was started.');
    const json = await run(['run', path, '--merchant', 'acme', '--json']);
    expect(JSON.parse(json.out.split('\n')[0] ?? '')).toMatchObject({
      problem: { line: 2, column: 'amount' },
    });
  });

  it('reads a good file before it looks for the engine', async () => {
    const path = file('good.csv', `${HEADER}\nP-1,a,1,RUB,card,${CARD}\n`);
    const { code, err } = await run(['run', path, '--merchant', 'acme', '--data-dir', folder]);
    expect(code).toBe(3);
    expect(err).toContain('no engine found');
  });
});

describe('the engine', () => {
  it.each([
    ['list'],
    ['get', 'P-1', '--merchant', 'acme'],
    ['watch', 'P-1', '--merchant', 'acme'],
    ['api-key', 'list'],
  ])('that is nowhere is told with exit code 3: %s', async (...argv) => {
    const { code, err } = await run([...argv, '--data-dir', folder]);
    expect(code).toBe(3);
    expect(err).toContain(`"${commandName()} up"`);
  });

  it('that does not answer is told with its address', async () => {
    const env = { PAYOUTS_API_KEY: 'payk_x', PAYOUTS_GATEWAY_URL: 'http://127.0.0.1:9' };
    const { code, err } = await run(['list', '--data-dir', folder], { env });
    expect(code).toBe(3);
    expect(err).toContain('the gateway does not answer at http://127.0.0.1:9 (named by the environment)');
  });

  describe('found by up.json', () => {
    let answers: Record<string, { status: number; body: unknown }> = {};
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      const { status, body } = answers[String(request.url).split('?')[0] ?? ''] ?? { status: 404, body: {} };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const dataDir = join(folder);
    let up: UpFile;

    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      up = {
        pid: process.pid,
        temporalAddress: '127.0.0.1:1',
        namespace: 'default',
        uiUrl: 'http://127.0.0.1:2',
        gatewayUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        apiKey: 'payk_secret',
        sealingPublicKeys: { keys: [{ kty: 'EC' }] },
        payloadKeys: { keys: [{ kty: 'oct', kid: 'k1', k: 'AAAA' }] },
        fingerprintKey: 'AAAA',
        startedAt: '2026-07-01T00:00:00Z',
      };
      writeUpFile(dataDir, up);
    });
    afterAll(() => server.close());

    it('whose file only its owner may read', () => {
      expect(statSync(join(dataDir, 'up.json')).mode & 0o777).toBe(0o600);
    });

    it('is listed, for people and for programs', async () => {
      answers = { '/v1/payouts': { status: 200, body: { items: [payout()], nextCursor: 'next' } } };
      const { code, out } = await run(['list', '--status', 'succeeded', '--data-dir', dataDir]);
      expect(code).toBe(0);
      expect(out).toContain(
        '2026-07-01 09:00:00  acme/P-001  ✔ succeeded          100.50 RUB  card 220000******0004',
      );
      expect(out).toContain('More: --cursor next');
      expect(asked.at(-1)).toBe('GET /v1/payouts?limit=50&status=succeeded Bearer payk_secret');
      const json = await run(['list', '--json', '--data-dir', dataDir]);
      expect(JSON.parse(json.out)).toMatchObject({ items: [{ payoutId: 'P-001' }], nextCursor: 'next' });
    });

    it('shows one payout with its history', async () => {
      const event = {
        sequence: 1,
        at: '2026-07-01T09:00:00Z',
        type: 'status',
        from: 'created',
        to: 'processing',
        actor: 'engine',
      };
      answers = {
        '/v1/payouts/P-001': { status: 200, body: payout({ reason: { code: '5', message: 'no\u001b[2J' } }) },
        '/v1/payouts/P-001/events': { status: 200, body: { items: [event] } },
      };
      const { out } = await run(['get', 'P-001', '--merchant', 'acme', '--events', '--data-dir', dataDir]);
      expect(out).toContain('acme/P-001\n  status     ✔ succeeded\n  why        5: no [2J\n');
      expect(out).toContain('  2026-07-01T09:00:00Z  status created → processing  by engine');
    });

    it('passes on what the gateway refuses, in its words', async () => {
      answers = {
        '/v1/payouts': {
          status: 422,
          body: {
            title: 'x',
            problems: [{ field: 'cursor', problem: 'is not a cursor', remedy: 'Give nextCursor.' }],
          },
        },
      };
      expect(await run(['list', '--data-dir', dataDir])).toMatchObject({
        code: 2,
        err: 'payouts: cursor: is not a cursor. Give nextCursor.\n',
      });
      answers = { '/v1/payouts/P-9': { status: 404, body: { detail: 'There is no payout with this id.' } } };
      expect(await run(['get', 'P-9', '--merchant', 'acme', '--data-dir', dataDir])).toMatchObject({
        code: 1,
        err: 'payouts: There is no payout with this id.\n',
      });
      answers = { '/v1/payouts': { status: 401, body: {} } };
      expect((await run(['list', '--data-dir', dataDir])).err).toContain('does not know this API key');
      answers = { '/v1/payouts': { status: 503, body: { detail: 'The journal does not answer.' } } };
      expect(await run(['list', '--data-dir', dataDir])).toMatchObject({ code: 3 });
    });

    it('makes and revokes API keys', async () => {
      const key = {
        id: 'k1',
        name: 'shop',
        roles: ['create'],
        merchant: 'acme',
        createdAt: '2026-07-01T09:00:00Z',
      };
      answers = {
        '/v1/api-keys': { status: 201, body: { key, secret: 'payk_new' } },
        '/v1/api-keys/k1': { status: 200, body: null },
      };
      const added = await run([
        'api-key',
        'add',
        '--name',
        'shop',
        '--role',
        'create',
        '--merchant',
        'acme',
        '--data-dir',
        dataDir,
      ]);
      expect(added.out).toMatch(/^payk_new\n/);
      const revoked = await run(['api-key', 'revoke', 'k1', '--data-dir', dataDir]);
      expect(revoked).toMatchObject({ code: 0, out: 'Revoked.\n' });
      expect(asked.at(-1)).toContain('DELETE /v1/api-keys/k1');
    });

    it('is not mixed with what the environment names', async () => {
      const env = { PAYOUTS_API_KEY: 'payk_other', PAYOUTS_GATEWAY_URL: 'http://127.0.0.1:9' };
      expect((await run(['list', '--data-dir', dataDir], { env })).code).toBe(3);
    });

    it('is gone with its process', () => {
      writeUpFile(dataDir, { ...up, pid: 2 ** 22 + 12_345 });
      expect(readUpFile(dataDir)).toBeUndefined();
      file('up.json', 'half a file {');
      expect(readUpFile(dataDir)).toBeUndefined();
    });
  });
});

describe('doctor', () => {
  it('checks what it can and says what to do about the rest', async () => {
    const { code, out } = await run(['doctor', '--data-dir', join(folder, 'nothing')]);
    expect(code).toBe(1);
    expect(out).toMatch(/^✔ Node /);
    expect(out).toMatch(/^✖ engine /m);
    expect(out).toContain(`    → Start one with "${commandName()} up"`);
  });

  it('answers programs with one object', async () => {
    const env = {
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      PAYOUTS_API_KEY: 'x',
      PAYOUTS_GATEWAY_URL: 'http://127.0.0.1:9',
    };
    const { code, out } = await run(['doctor', '--json', '--data-dir', folder], { env });
    expect(code).toBe(1);
    const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: { name: string; ok: boolean }[] };
    expect(ok).toBe(false);
    expect(findings).toContainEqual(expect.objectContaining({ name: 'Temporal', ok: false }));
    expect(findings).toContainEqual(expect.objectContaining({ name: 'gateway', ok: false }));
    expect(findings).toContainEqual(expect.objectContaining({ name: 'payload keys', ok: false }));
    const { TEMPORAL_ADDRESS } = env;
    const args = ['watch', 'P-1', '--merchant', 'acme', '--data-dir', folder];
    const asking = await run(args, { env: { TEMPORAL_ADDRESS } });
    expect([asking.code, asking.err]).toEqual([2, expect.stringContaining('Set PAYOUTS_PAYLOAD_KEYS')]);
  });
});

describe('keys', () => {
  it('makes new ones each time, in the form that the environment takes', async () => {
    const [one, two] = [await run(['keys', '--json']), await run(['keys', '--json'])];
    expect(one.out).not.toBe(two.out);
    const variables = JSON.parse(one.out) as Record<string, string>;
    const doctor = await run(['doctor', '--data-dir', folder], { env: variables });
    expect(doctor.out).not.toMatch(/PAYOUTS_SEALING|PAYOUTS_PAYLOAD/);
  });
});
