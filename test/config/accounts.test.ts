import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SimulatorUse } from '../../config/account-entry.js';
import { readAccounts } from '../../config/accounts.js';
import { ConfigError } from '../../config/config-error.js';
import { tempDir } from '../support/temp-dir.js';

const fakepay = {
  name: 'fakepay',
  configSchema: z.strictObject({
    baseUrl: z.url(),
    password: z.string(),
    mode: z.enum(['test', 'live']).default('test'),
    timeoutMs: z.number().int().min(1).default(5_000),
    signing: z.strictObject({ key: z.string(), enabled: z.boolean() }).optional(),
  }),
  secretFields: ['password', 'signing.key'],
  simulatorSchema: z.strictObject({
    slowMs: z.number().optional(),
    timings: z.strictObject({ hangMs: z.number() }).optional(),
  }),
};
const lenient = {
  name: 'lenient',
  configSchema: z.object({ userName: z.string().optional() }),
  secretFields: [],
};
const protocols = { fakepay, lenient };
const env = { PW: 'hunter2', PORT: '900', FLAG: 'true' };

function read(text: string, simulators?: SimulatorUse): ReturnType<typeof readAccounts> {
  const file = join(tempDir(), 'accounts.yaml');
  writeFileSync(file, text);
  return readAccounts({ file, protocols, env, simulators });
}

/** The problems, each as `line path: problem. remedy`. */
function problemsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(
      ({ where, problem, remedy }) => `${where.replace(/^.*accounts\.yaml:/, '')}: ${problem}. ${remedy}`,
    );
  }
  return [];
}

const account = (settings: string, more = ''): string =>
  `accounts:\n  a1:\n    provider: fakepay\n${more}    settings:\n      baseUrl: http://x\n${settings}`;
const PASSWORD = '      password: { env: PW }\n';

describe('a good file', () => {
  test('gives accounts with resolved and validated settings', () => {
    const rest =
      '    merchants: [acme, other]\n    rateLimit: { callsPerSecond: 2.5 }\n' +
      "    callbackIps: [203.0.113.0/24, '2001:db8::1']\n";
    expect(read(account(PASSWORD, rest))).toEqual([
      {
        account: 'a1',
        provider: 'fakepay',
        merchants: ['acme', 'other'],
        callbackIps: ['203.0.113.0/24', '2001:db8::1'],
        callsPerSecond: 2.5,
        reviewPoll: [{ delayMs: 3_600_000, times: 168 }],
        settings: { baseUrl: 'http://x', password: 'hunter2', mode: 'test', timeoutMs: 5_000 },
      },
    ]);
  });

  test('may refer to files, relative to its own folder, and refer anywhere', () => {
    const folder = tempDir();
    writeFileSync(join(folder, 'pw'), 'from-file\n');
    writeFileSync(
      join(folder, 'accounts.yaml'),
      account(
        '      password: { file: pw }\n      signing: { key: { env: PW }, enabled: { env: FLAG } }\n      timeoutMs: { env: PORT }\n',
      ),
    );
    const [only] = readAccounts({ file: join(folder, 'accounts.yaml'), protocols, env });
    expect(only?.settings).toMatchObject({
      password: 'from-file',
      signing: { key: 'hunter2', enabled: true },
      timeoutMs: 900,
    });
  });

  test('may repeat settings by a YAML anchor', () => {
    const text = `${account(PASSWORD)}  a2:\n    provider: fakepay\n    settings: *shared\n`.replace(
      'settings:\n',
      'settings: &shared\n',
    );
    const [one, two] = read(text);
    expect(two?.settings).toEqual(one?.settings);
    expect(problemsOf(text.replace('env: PW', 'env: NOPE')).map((line) => line.split(':')[0])).toEqual([
      '6 accounts.a1.settings.password',
      expect.stringMatching(/^\d+ accounts\.a2\.settings\.password$/),
    ]);
  });
});

test('callbacks from nowhere, or from what is no address, are refused', () => {
  const withIps = (ips: string) => problemsOf(account(PASSWORD, `    callbackIps: ${ips}\n`));
  expect(withIps('[]')[0]).toContain('callbackIps: is empty, so no callback could come in');
  expect(withIps('[10.0.0.0/33]')[0]).toContain('is not an IP address or network');
});

describe('an account of a simulator', () => {
  const simulated = (baseUrl: string, block: string): string =>
    account(`${PASSWORD}    simulator: ${block}\n`).replace('http://x', baseUrl);

  test('says how it shall behave, or nothing of it', () => {
    const [only] = read(simulated('http://127.0.0.1:1', '{ slowMs: 5, timings: { hangMs: 1 } }'));
    expect(only?.simulator).toEqual({ slowMs: 5, timings: { hangMs: 1 } });
    expect(read(simulated('http://127.0.0.1:1', '{}'))[0]?.simulator).toEqual({});
    expect(read(account(PASSWORD))[0]).not.toHaveProperty('simulator');
  });

  test('is refused beside a real base URL, but where simulators are run', () => {
    const text = simulated('https://api.example.com', '{}');
    expect(problemsOf(text)).toEqual([
      '7 accounts.a1.simulator: stands beside settings.baseUrl of a real provider. Remove the block to pay real money, or give the base URL of a simulator (http://…).',
    ]);
    expect(read(text, 'run')).toHaveLength(1);
  });

  test.each<[string, string, string]>([
    [
      'an unknown option',
      '{ slwMs: 1 }',
      'slwMs: is not a known key. Did you mean "slowMs"? Known here: slowMs, timings.',
    ],
    [
      'an unknown option deeper down',
      '{ timings: { hangMs: 1, hangs: 2 } }',
      'timings.hangs: is not a known key. Did you mean "hangMs"? Known here: hangMs.',
    ],
    ['an option of the wrong kind', '{ slowMs: soon }', 'slowMs: is not a number. Give a number.'],
  ])('%s is refused', (_, block, problem) => {
    expect(problemsOf(simulated('http://127.0.0.1:1', block))).toEqual([
      `7 accounts.a1.simulator.${problem}`,
    ]);
  });

  test('needs a provider that has one, and a map', () => {
    expect(problemsOf('accounts:\n  a1: { provider: lenient, simulator: {} }\n')).toEqual([
      '2 accounts.a1.simulator: there is no simulator of lenient. Remove the block.',
    ]);
    expect(problemsOf(simulated('http://127.0.0.1:1', 'yes'))).toEqual([
      '7 accounts.a1.simulator: is not a map. Give a map.',
    ]);
  });
});

describe('refusals name line, field, problem and remedy', () => {
  test.each<[string, string, string[]]>([
    [
      'an unknown provider',
      'accounts:\n  a1:\n    provider: fakepya\n',
      [
        '3 accounts.a1.provider: "fakepya" is not a provider. Did you mean "fakepay"? Known providers: fakepay, lenient.',
      ],
    ],
    [
      'no provider',
      'accounts:\n  a1: {}\n',
      ['2 accounts.a1.provider: is missing. Add provider (a string).'],
    ],
    [
      'an unknown key of an account',
      account(PASSWORD, '    merchant: [acme]\n'),
      [
        '4 accounts.a1.merchant: is not a known key. Did you mean "merchants"? Known here: provider, merchants, callbackIps, rateLimit, reviewPoll, settings, simulator.',
      ],
    ],
    [
      'an unknown setting',
      account(`${PASSWORD}      passwrd: x\n`),
      [
        '7 accounts.a1.settings.passwrd: is not a known key. Did you mean "password"? Known here: baseUrl, password, mode, timeoutMs, signing.',
      ],
    ],
    [
      'an unknown setting deeper down',
      account(
        `${PASSWORD}      signing:\n        key: { env: PW }\n        enabled: true\n        keys: 1\n`,
      ),
      [
        '10 accounts.a1.settings.signing.keys: is not a known key. Did you mean "key"? Known here: key, enabled.',
      ],
    ],
    [
      'an unknown setting that a lenient schema would drop',
      'accounts:\n  a1:\n    provider: lenient\n    settings:\n      usrName: x\n',
      ['5 accounts.a1.settings.usrName: is not a known key. Did you mean "userName"? Known here: userName.'],
    ],
    [
      'an account that stands twice',
      `accounts:\n  a1: { provider: lenient }\n  a2: { provider: lenient }\n  a1: { provider: lenient }\n`,
      [
        '4 accounts.a1: "a1" stands here for the second time, first in line 2. Remove or rename one of the two.',
      ],
    ],
    [
      'a variable that is not set',
      account('      password: { env: NOPE }\n'),
      [
        '6 accounts.a1.settings.password: the environment variable NOPE is not set. Set NOPE before the start, or name another variable or a file here.',
      ],
    ],
    [
      'a file that is not there',
      account('      password: { file: /nowhere/pw }\n'),
      [
        '6 accounts.a1.settings.password: the file /nowhere/pw cannot be read (ENOENT). Create the file, let this process read it, or name another file or a variable here.',
      ],
    ],
    [
      'a secret written out',
      account('      password: hunter2\n'),
      [
        '6 accounts.a1.settings.password: is a secret and must not be written in this file. Write { env: NAME_OF_A_VARIABLE } or { file: /path/of/a/file } instead, and change the secret.',
      ],
    ],
    [
      'a secret written out deeper down',
      account(`${PASSWORD}      signing:\n        key: hunter2\n        enabled: true\n`),
      [
        '8 accounts.a1.settings.signing.key: is a secret and must not be written in this file. Write { env: NAME_OF_A_VARIABLE } or { file: /path/of/a/file } instead, and change the secret.',
      ],
    ],
    [
      'a missing setting',
      account(''),
      ['4 accounts.a1.settings.password: is missing. Add password (a string).'],
    ],
    [
      'a setting of the wrong kind',
      account(`${PASSWORD}      timeoutMs: soon\n`),
      ['7 accounts.a1.settings.timeoutMs: is not a number. Give a number.'],
    ],
    [
      'a setting out of its choice',
      account(`${PASSWORD}      mode: prod\n`),
      ['7 accounts.a1.settings.mode: is not one of the allowed values. Use one of: test, live.'],
    ],
    [
      'a setting out of its range',
      account(`${PASSWORD}      timeoutMs: 0\n`),
      ['7 accounts.a1.settings.timeoutMs: too small: expected number to be >=1. Change the value.'],
    ],
    [
      'an account id of other letters',
      'accounts:\n  Acme One: { provider: lenient }\n',
      ['2 accounts.Acme One: is not an account id. Use 1 to 40 of a-z 0-9 _ -, the first a letter or digit.'],
    ],
    [
      'a merchant id of other letters',
      account(PASSWORD, '    merchants:\n      - acme\n      - ACME\n'),
      [
        '6 accounts.a1.merchants.1: is not a merchant id: 1 to 40 of a-z 0-9 _ -, the first a letter or digit. Change the value.',
      ],
    ],
    [
      'nobody who may pay',
      account(PASSWORD, '    merchants: []\n'),
      [
        '4 accounts.a1.merchants: is empty, so nobody could pay from this account; leave it out to allow every merchant. Change the value.',
      ],
    ],
    [
      'a rate of nothing',
      account(PASSWORD, '    rateLimit: { callsPerSecond: 0 }\n'),
      ['4 accounts.a1.rateLimit.callsPerSecond: is not above 0. Change the value.'],
    ],
    [
      'another top-level key',
      'accounts: {}\nacounts: {}\n',
      ['2 acounts: is not a known key. Did you mean "accounts"? Known here: accounts.'],
    ],
    ['an empty file', '', ['1 accounts: is missing. Add accounts (a map).']],
    [
      'settings that are no map',
      'accounts:\n  a1:\n    provider: lenient\n    settings: x\n',
      ['4 accounts.a1.settings: is not a map. Give a map.'],
    ],
  ])('%s', (_, text, expected) => {
    const problems = problemsOf(text);
    expect(problems).toEqual(expected);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('broken YAML', () => {
    const [line] = problemsOf('accounts:\n  a1:\n   provider: x\n  - y\n');
    expect(line).toMatch(/^\d: is not YAML: .*\. Correct the syntax/);
  });

  test('a file that is not there', () => {
    const reading = (): unknown => readAccounts({ file: 'no-such.yaml', protocols, env });
    expect(reading).toThrow('no-such.yaml: cannot be read (ENOENT). Copy examples/accounts.yaml to it');
  });

  test('all problems of all accounts come at once', () => {
    const text =
      'accounts:\n  a1:\n    provider: fakepay\n    x: 1\n    settings: { password: p }\n  a2: { provider: y }\n';
    expect(problemsOf(text)).toHaveLength(4);
  });
});
