import type { MoneyAnswer, NotPaid, Progress } from '../domain/provider-answer.js';
import type { AttemptStep } from '../journal/port.js';

/** How one order stands at the provider, in truth. `mendable`: refused, and the provider would take it built anew. */
export type OrderState =
  'none' | 'checking' | 'ready' | 'processing' | 'action' | 'paid' | 'declined' | 'expired' | 'mendable';

/** The provider's side of the payout. */
export interface ProviderSide {
  readonly order: OrderState;
  /** Do its status queries find the order yet? */
  readonly shown: boolean;
  /** How often money moved. */
  readonly bookings: number;
}

export const NOTHING_KNOWN: ProviderSide = { order: 'none', shown: false, bookings: 0 };

/** What kinds of provider there are. */
export interface ProviderKind {
  readonly steps: readonly AttemptStep[];
  /** A second request under a known order id: answered with the order as it stands, or booked once more. */
  readonly repeats: 'idempotent' | 'books_again';
  /** May an order ask the recipient to act; may a request be refused so that it can be mended? */
  readonly asksToAct: boolean;
  readonly refusesMendably: boolean;
}

interface Move {
  readonly label: string;
  readonly provider: ProviderSide;
}

/** What may come of a request that arrives, and the answer that it would be given. */
export function receive(
  side: ProviderSide,
  step: AttemptStep,
  kind: ProviderKind,
): readonly (Move & { readonly answer: MoneyAnswer })[] {
  if (step === 'register' ? side.order !== 'none' : !isFresh(side, kind)) return [repeated(side, step, kind)];
  const took = (order: OrderState, label: string): Move & { answer: MoneyAnswer } => {
    const provider = { ...side, order, bookings: side.bookings + (order === 'paid' ? 1 : 0) };
    return { label, provider, answer: answered(progressOf(provider)) };
  };
  const refused = { label: 'refuses it and keeps nothing', provider: side, answer: answered(REFUSED) };
  if (step === 'register') return [took('checking', 'takes it in'), took('ready', 'has it ready'), refused];
  const mendable = {
    label: 'refuses its card, to be built anew',
    provider: { ...side, order: 'mendable' as const },
    answer: { kind: 'unknown', code: '', message: '', suspected: MENDABLE } as const,
  };
  return [
    took('processing', 'takes it in'),
    took('paid', 'books it at once'),
    ...(kind.asksToAct ? [took('action', 'asks the recipient to act')] : []),
    ...(kind.refusesMendably ? [mendable] : []),
    refused,
  ];
}

/** May the last step's request begin something here? */
function isFresh({ order }: ProviderSide, { steps }: ProviderKind): boolean {
  if (order === 'mendable') return true;
  return steps.length > 1 ? order === 'ready' : order === 'none';
}

function repeated(side: ProviderSide, step: AttemptStep, kind: ProviderKind): Move & { answer: MoneyAnswer } {
  if (step === 'register' || kind.repeats === 'idempotent' || side.order === 'none') {
    return {
      label: 'answers with the order as it stands',
      provider: side,
      answer: answered(side.order === 'none' ? REFUSED : progressOf(side)),
    };
  }
  const provider: ProviderSide = { ...side, order: 'paid', bookings: side.bookings + 1 };
  return { label: 'BOOKS IT AGAIN', provider, answer: answered(progressOf(provider)) };
}

/** What the provider may do by itself. */
export function ownMoves(side: ProviderSide, kind: ProviderKind): readonly Move[] {
  const to = (order: OrderState, label: string): Move => ({
    label: `provider ${label}`,
    provider: {
      ...side,
      order,
      bookings: side.bookings + (order === 'paid' ? 1 : 0),
    },
  });
  const appears: Move[] =
    side.order !== 'none' && !side.shown
      ? [{ label: 'provider shows the order to its queries', provider: { ...side, shown: true } }]
      : [];
  switch (side.order) {
    case 'checking':
      return [...appears, to('ready', 'has checked: ready'), to('declined', 'declines')];
    case 'processing':
      return [
        ...appears,
        to('paid', 'books'),
        to('declined', 'declines'),
        ...(kind.asksToAct ? [to('action', 'asks the recipient to act')] : []),
      ];
    case 'action':
      return [...appears, to('processing', 'saw the recipient act'), to('expired', 'lets the action expire')];
    default:
      return appears;
  }
}

/** What a status query says, if it answers. */
export function statusSaid(side: ProviderSide): Progress | { readonly kind: 'not_found' } {
  return side.order === 'none' || !side.shown ? { kind: 'not_found' } : progressOf(side);
}

/** How the order stands, in the engine's words. */
export function progressOf({ order, bookings }: ProviderSide): Progress {
  switch (order) {
    case 'none':
    case 'checking':
    case 'processing':
      return { kind: 'pending' };
    case 'ready':
      return { kind: 'ready' };
    case 'action':
      return {
        kind: 'action_required',
        action: { type: 'redirect', url: '', expiresAt: '1970-01-01T00:00:00Z' },
      };
    case 'paid':
      return { kind: 'paid', reference: `R${bookings}` };
    case 'declined':
    case 'expired':
      return { kind: 'not_paid', class: order, code: '', message: '' };
    case 'mendable':
      return MENDABLE;
  }
}

/** Can money still move, or has it moved, without another request of ours? */
export function isAlive({ order }: ProviderSide): boolean {
  return order === 'checking' || order === 'processing' || order === 'action' || order === 'paid';
}

const REFUSED: NotPaid = { kind: 'not_paid', class: 'refused', code: '', message: '' };
const MENDABLE: NotPaid = { ...REFUSED, mendable: 'rebuild' };

function answered(progress: Progress): MoneyAnswer {
  return { kind: 'answered', progress };
}
