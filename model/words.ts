import type { Progress } from '../domain/provider-answer.js';
import type { Call } from './activity.js';
import type { JournalEffect } from './effect.js';
import type { Said } from './journal.js';

/** One statement of the journal, for a person who reads a trace. */
export function describeJournal(effect: JournalEffect, call: Call, { before, after, reply }: Said): string {
  const move = before === after ? `stays ${after}` : `${before} → ${after}`;
  if ('illegal' in reply) return `the journal refuses ${reply.illegal.join(' → ')}`;
  if ('error' in reply) return `the journal refuses the write (${reply.error})`;
  switch (effect.kind) {
    case 'read':
      return `a worker starts to ${describeCall(call)}`;
    case 'begin':
      return `the journal lets no request leave (${(reply.value as { kind: string }).kind})`;
    case 'end':
      return `the journal writes down: attempt ${effect.number} ${effect.answer.kind} (${move})`;
    case 'count':
      return effect.said === 'found'
        ? 'the journal counts anew'
        : `the journal counts "not found": ${String(reply.value)}`;
    case 'record':
      return `the journal records "${effect.progress.kind}" (${move})`;
    case 'change':
      return `the journal moves it for ${effect.actor} (${move})`;
    case 'close':
      return `the journal is asked to close it as ${effect.to} (${move})`;
  }
}

/** What an activity does. */
export function describeCall(call: Call): string {
  switch (call.activity) {
    case 'takeStep':
      return call.resendOf === undefined ? call.step : `${call.step} again after attempt ${call.resendOf}`;
    case 'awaitChange':
      return `ask while it is ${call.from}`;
    case 'askStatus':
      return 'ask because of a callback';
  }
}

/** What a status query brought. */
export function describeStatus(said: Progress | { readonly kind: 'not_found' }): string {
  return `the provider says: ${said.kind}`;
}
