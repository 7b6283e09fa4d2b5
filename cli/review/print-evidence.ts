import type { Payout } from '../../domain/payout.js';
import type { Evidence } from '../../schemas/review.js';
import { describeEvent, wordsOf } from '../describe-event.js';
import { printLine, type CliIo } from '../io.js';
import { pad, plainText } from '../plain-text.js';
import { printPayout } from '../print-payout.js';
import { readPayout } from '../read-payout.js';
import { ageOf } from './age.js';
import { verdictsOn } from './verdicts.js';

/** One screen: how the payout stands, what left, what came back, what the provider says now, and what can be decided. */
export function printEvidence(io: CliIo, evidence: Evidence): void {
  const payout = readPayout(evidence.payout);
  const { since, attempts, callbacks, notes, provider } = evidence;
  printPayout(io, payout);
  if (since !== undefined) {
    printLine(io, `  ${io.colors.dim(pad('in review', 9))}  since ${since} (${ageOf(since, io.now())})`);
  }
  section(io, 'Sent', attempts.map(attemptLine), 'nothing was ever sent');
  section(io, 'Callbacks', callbacks.map(callbackLine), 'none came');
  section(io, 'Noted', notes.map(describeEvent), 'nothing');
  section(io, 'The provider now', provider ? [providerLine(provider)] : [], 'was not asked');
  decisions(io, payout);
}

function section(io: CliIo, title: string, lines: readonly string[], none: string): void {
  printLine(io, io.colors.bold(title));
  if (lines.length === 0) printLine(io, `  ${io.colors.dim(none)}`);
  for (const line of lines) printLine(io, `  ${plainText(line)}`);
}

function attemptLine({
  number,
  step,
  sentAt,
  answeredAt,
  answer,
  ...more
}: Evidence['attempts'][number]): string {
  const said = answer ? `${answeredAt}: ${wordsOf(answer)}` : 'no answer';
  const unheard =
    more.notFoundAnswers === 0 ? '' : `; since then "not found" ${more.notFoundAnswers} times in a row`;
  return `${sentAt}  ${step} (request ${number}) → ${said}${unheard}`;
}

function callbackLine({ id, receivedAt, state, proof }: Evidence['callbacks'][number]): string {
  return `${receivedAt}  callback ${id}, ${state}: ${proof === undefined ? 'a hint' : `proof of ${proof}`}`;
}

function providerLine(provider: NonNullable<Evidence['provider']>): string {
  return provider.kind === 'told'
    ? `${provider.at}  ${wordsOf(provider.told)}`
    : `${provider.at}  could not be asked: ${provider.why}`;
}

function decisions(io: CliIo, payout: Payout): void {
  const verdicts = verdictsOn(payout);
  if (verdicts.length === 0) return;
  printLine(io, io.colors.bold('What you can decide'));
  for (const { command, meaning } of verdicts) {
    printLine(io, `  ${command}`);
    printLine(io, `    ${io.colors.dim(meaning)}`);
  }
}
