import type { z } from 'zod';
import type { StoredCardStatus } from '../../domain/stored-card-status.js';
import type { storedCardViewSchema } from '../../schemas/stored-card.js';
import { printLine, type CliIo } from '../io.js';
import { pad, plainText } from '../plain-text.js';

/** As the gateway shows it. */
export type ShownCard = z.output<typeof storedCardViewSchema>;

const STYLES: Readonly<
  Record<StoredCardStatus, { sign: string; color: 'cyan' | 'yellow' | 'green' | 'red' | 'magenta' | 'dim' }>
> = {
  requested: { sign: '›', color: 'cyan' },
  action_required: { sign: '!', color: 'yellow' },
  active: { sign: '✔', color: 'green' },
  failed: { sign: '✖', color: 'red' },
  expired: { sign: '–', color: 'yellow' },
  in_review: { sign: '?', color: 'magenta' },
  removed: { sign: '–', color: 'dim' },
};

export function signedStatus(status: StoredCardStatus): string {
  return `${STYLES[status].sign} ${status}`;
}

export function paintCard(colors: CliIo['colors'], status: StoredCardStatus, text: string): string {
  return colors[STYLES[status].color](text);
}

/** One stored card, a line per fact; the state first, and what its owner must do right after it. */
export function printStoredCard(io: CliIo, card: ShownCard): void {
  const facts: (readonly [string, string | undefined])[] = [
    ['status', paintCard(io.colors, card.status, signedStatus(card.status))],
    ['why', card.reason && plainText(`${card.reason.code}: ${card.reason.message}`)],
    ['open', card.action?.url],
    ['until', card.action?.expiresAt],
    ['card', card.masked],
    ['purpose', card.purpose],
    ['owner', plainText(card.ownerId)],
    ['account', `${card.account} (${card.provider})`],
    ['provider id', card.providerCardId && plainText(card.providerCardId)],
    ['order id', card.orderId],
    ['created', card.createdAt],
    ['changed', card.updatedAt],
  ];
  printLine(io, io.colors.bold(`${card.merchant}/${card.storedCardId}`));
  for (const [name, value] of facts) {
    if (value !== undefined) printLine(io, `  ${io.colors.dim(pad(name, 11))}  ${value}`);
  }
}
