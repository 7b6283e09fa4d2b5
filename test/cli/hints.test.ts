import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandName, typedHere } from '../../cli/command-name.js';
import { howToLookAround } from '../../cli/commands/demo.js';
import { timingsFor, welcome } from '../../cli/commands/up.js';
import { describeEvent } from '../../cli/describe-event.js';
import { printDemoReport } from '../../cli/demo/print-demo-report.js';
import { reportOf } from '../../cli/demo/demo-report.js';
import { reconcile } from '../../cli/demo/reconcile.js';
import { packageFile } from '../../cli/package-file.js';
import { payout, PLAIN, recordingIo, rowState, run } from './cli-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'payouts-hints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function marker(...path: readonly string[]): string {
  const file = join(folder, ...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

describe('the name by which a person starts us', () => {
  const checkout = { marker: marker('checkout', 'setup.mjs') };

  it('is a script of the package in a checkout', () => {
    expect(commandName()).toBe('npm run payouts --');
    expect(commandName(checkout)).toBe('npm run payouts --');
  });

  it('is the bin where the package is installed, or is in an image without its sources', () => {
    expect(commandName({ marker: marker('node_modules', 'payout-engine', 'setup.mjs') })).toBe('payouts');
    expect(commandName({ marker: join(folder, 'nothing', 'setup.mjs') })).toBe('payouts');
  });

  it.each([
    ['payouts run payouts.csv', 'npm run payouts -- run payouts.csv'],
    ['A=b payouts worker', 'A=b npm run payouts -- worker'],
    ['npm run demo', 'npm run demo'],
    ['    --wait', '    --wait'],
    // npm's own first lines are no part of the file.
    ['(umask 077; payouts keys > keys.env)', '(umask 077; npm run -s payouts -- keys > keys.env)'],
  ])('stands in the examples: %s', (line, typed) => {
    expect(typedHere(line, checkout)).toBe(typed);
    expect(typedHere(line, { marker: join(folder, 'nothing') })).toBe(line);
  });

  it('stands in help and in the welcome', async () => {
    const { out } = await run(['get', '--help']);
    expect(out).toContain(`$ ${commandName()} get P-001`);
    const embedded = {
      gatewayUrl: 'http://g',
      uiUrl: 'http://u',
      codecUrl: 'http://c',
      temporalAddress: 't',
    };
    const lines = welcome(embedded, { dataDir: '/d', accountsFile: 'a', colors: PLAIN });
    expect(lines).toContain(`  ${commandName()} review`);
  });
});

describe('up', () => {
  it('is as quick as the demo with the example accounts alone', () => {
    const example = packageFile('examples', 'accounts.demo.yaml');
    expect(timingsFor(example)).toBe('demo');
    expect(timingsFor(relative(process.cwd(), example))).toBe('demo');
    expect(timingsFor('accounts.yaml')).toBe('real');
  });
});

describe('the end of the demo', () => {
  it('names nothing that is gone by then', () => {
    const { io, out } = recordingIo();
    const rows = [rowState({ status: 'in_review', expect: 'in_review' })];
    const payouts = [payout({ status: 'in_review' })];
    const books = { ...reconcile(payouts, []), payments: [] };
    const report = reportOf(rows, { payouts, payments: [] }, books, { p50: 1, max: 1 });
    printDemoReport({ io, report, books, run: { rows, interrupted: false, elapsedMs: 1 }, json: false });
    expect(out()).toContain('1 of 1 rows ended as expected');
    expect(out()).not.toMatch(/Temporal UI|payouts.* review/);
    expect(howToLookAround()).toBe('To look around afterwards: npm run demo -- --keep');
  });
});

describe('an event', () => {
  const base = { sequence: 1, at: '2026-07-01T09:00:00Z', actor: 'engine' } as const;

  it.each([
    [{ number: 2, step: 'execute', requestFingerprint: 'f' }, 'intent: execute (request 2)'],
    [{ number: 2, step: 'execute', resendOf: 1 }, 'intent: execute (request 2, 1 again)'],
    [{ something: 'newer' }, 'intent'],
  ])('of an intent tells step and number: %j', (data, words) => {
    const line = describeEvent({ ...base, type: 'intent', from: 'created', to: 'processing', data });
    expect(line).toMatch(/created → processing {2}by engine$/);
    expect(line.split(/ +created/)[0]).toBe(`${base.at}  ${words}`);
  });

  it.each([
    [
      { kind: 'unknown', code: 'timeout', message: 'No answer\nin 10 s' },
      'unknown (timeout) No answer in 10 s',
    ],
    [{ kind: 'answered', progress: { kind: 'paid', reference: '441200' } }, 'paid ref 441200'],
    [
      {
        kind: 'answered',
        progress: { kind: 'not_paid', class: 'declined', code: '116', message: 'No funds' },
      },
      'not_paid declined (116) No funds',
    ],
    [{ kind: 'answered', progress: { kind: 'pending', detail: 'at the bank' } }, 'pending at the bank'],
    [
      { kind: 'answered', progress: { kind: 'action_required', action: { type: 'redirect' } } },
      'action_required',
    ],
  ])('of an answer tells kind, code and words: %j', (answer, words) => {
    const line = describeEvent({ ...base, type: 'answer', reason: 'again', data: { number: 1, answer } });
    expect(line).toBe(`${base.at}  answer: ${words}  by engine`);
  });

  it('of another type is told as before', () => {
    expect(describeEvent({ ...base, type: 'resolved', to: 'declined', reason: 'seen' })).toBe(
      `${base.at}  resolved → declined  by engine  seen`,
    );
  });
});
