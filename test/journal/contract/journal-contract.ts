import { describe, it } from 'vitest';
import type { Journal } from '../../../journal/port.js';
import { accepting } from './accepting.js';
import { attempting } from './attempting.js';
import { auditing } from './auditing.js';
import { followingCards } from './following-cards.js';
import { keys } from './keys.js';
import { listing } from './listing.js';
import { listingCards } from './listing-cards.js';
import { moving } from './moving.js';
import { noticing } from './noticing.js';
import { oneTime } from './one-time.js';
import { operating } from './operating.js';
import { payingIn } from './paying.js';
import { payingProperties } from './paying-properties.js';
import { properties } from './properties.js';
import { receiving } from './receiving.js';
import { stopping } from './stopping.js';
import { reviewing } from './reviewing.js';
import { storing } from './storing.js';
import { storingProperties } from './storing-properties.js';

/** What every journal must do, whatever it is built on. */
export function journalContract(journal: () => Journal, { numRuns }: { numRuns: number }): void {
  it('can be used', () => journal().check());
  describe('accepting payouts', () => accepting(journal));
  describe('attempts', () => attempting(journal));
  describe('moves', () => moving(journal));
  describe('lists', () => listing(journal));
  describe('notices', () => noticing(journal));
  describe('reviews', () => reviewing(journal));
  describe('the inbox', () => receiving(journal));
  describe('API keys', () => keys(journal));
  describe('the audit', () => auditing(journal));
  describe('stored cards', () => storing(journal));
  describe('moves of stored cards', () => followingCards(journal));
  describe('stored cards in general', () => storingProperties(journal, numRuns));
  describe('lists of stored cards', () => listingCards(journal));
  describe('one-time secrets', () => oneTime(journal));
  describe('payments', () => payingIn(journal));
  describe('an operation on a payment', () => operating(journal));
  describe('payments in general', () => payingProperties(journal, numRuns));
  describe('stops', () => stopping(journal));
  describe('in general', () => properties(journal, numRuns));
}
