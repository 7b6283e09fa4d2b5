import { describe, it } from 'vitest';
import type { Journal } from '../../../journal/port.js';
import { accepting } from './accepting.js';
import { attempting } from './attempting.js';
import { keys } from './keys.js';
import { listing } from './listing.js';
import { moving } from './moving.js';
import { properties } from './properties.js';
import { receiving } from './receiving.js';

/** What every journal must do, whatever it is built on. */
export function journalContract(journal: () => Journal, { numRuns }: { numRuns: number }): void {
  it('can be used', () => journal().check());
  describe('accepting payouts', () => accepting(journal));
  describe('attempts', () => attempting(journal));
  describe('moves', () => moving(journal));
  describe('lists', () => listing(journal));
  describe('the inbox', () => receiving(journal));
  describe('API keys', () => keys(journal));
  describe('in general', () => properties(journal, numRuns));
}
