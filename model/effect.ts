import type { PayoutStatus } from '../domain/payout-status.js';
import type { MoneyAnswer, Progress } from '../domain/provider-answer.js';
import type { AttemptStep } from '../journal/port.js';

/** What an activity asks of the world: the points between which anything else may happen. */
export type Effect =
  | { readonly kind: 'read' }
  | { readonly kind: 'begin'; readonly step: AttemptStep; readonly resendOf?: number | undefined }
  | { readonly kind: 'end'; readonly number: number; readonly answer: MoneyAnswer }
  | { readonly kind: 'count'; readonly number: number; readonly said: 'not_found' | 'found' }
  | { readonly kind: 'record'; readonly progress: Progress; readonly actor: string }
  | {
      readonly kind: 'change';
      readonly to: PayoutStatus;
      readonly from?: PayoutStatus | undefined;
      readonly actor: string;
    }
  | { readonly kind: 'close'; readonly to: 'cancelled' | 'failed' }
  | { readonly kind: 'prepare'; readonly step: AttemptStep }
  | { readonly kind: 'send'; readonly number: number; readonly step: AttemptStep; readonly orderId: string }
  | { readonly kind: 'status' };

/** The journal's part of them. */
export type JournalEffect = Exclude<Effect, { kind: 'prepare' | 'send' | 'status' }>;

/** What comes back: a value, or the journal's refusal of a move, or an error that the server tries again after. */
export type Reply =
  | { readonly value: unknown }
  | { readonly illegal: readonly [PayoutStatus, PayoutStatus] }
  | { readonly error: string };
