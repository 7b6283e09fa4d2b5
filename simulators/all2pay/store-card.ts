/** createTargetBindingId and createSourceBindingId. All2pay payouts document §7a. */
import { randomUUID } from 'node:crypto';

import type { Outcome } from './answer.js';
import type { Binding } from './binding.js';
import type { CardAnswers } from './card-answers.js';
import type { CardOrder, CardOrderState, StoringMethod } from './card-order.js';
import { directionOf } from './card-order.js';
import type { CardOrderBody } from './card-order-body.js';
import { readSourceCard, readTargetCard } from './card-order-body.js';
import { checkBin } from './card.js';
import type { Clock } from './clock.js';
import type { Duplicates } from './duplicates.js';
import type { Ledger } from './ledger.js';
import type { Handler, Handlers } from './payouts.js';
import type { ReadingRules } from './payout-body.js';
import type { Settings } from './settings.js';
import type { Timers } from '../timers.js';

export interface CardStore {
  readonly handlers: Pick<Handlers, StoringMethod>;
  /** The person's answer to the 3DS; nothing if none is awaited. */
  answerChallenge(cardOrder: CardOrder, approved: boolean): CardOrder;
  /** Ends a challenge whose time is over. */
  settle(cardOrder: CardOrder): CardOrder;
  /** Settles it when its time comes, whoever asks or not. */
  watch(cardOrder: CardOrder): CardOrder;
}

export interface CardStoreParts {
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly duplicates: Duplicates;
  readonly answers: CardAnswers;
  readonly rulesOf: (login: string) => ReadingRules;
  readonly announce: (cardOrder: CardOrder) => void;
}

export function createCardStore(parts: CardStoreParts): CardStore {
  const { ledger, settings, timers, clock, duplicates, answers, rulesOf, announce } = parts;

  function finish(cardOrder: CardOrder, state: Exclude<CardOrderState, 'awaiting3ds'>): CardOrder {
    const known = settings.logins.get(cardOrder.login)?.callback;
    const bindingId = state === 'active' ? bindingOf(cardOrder).bindingId : undefined;
    const callback = known ? 'due' : undefined;
    const finished = ledger.saveCardOrder({ ...cardOrder, state, bindingId, callback });
    announce(finished);
    return finished;
  }

  function bindingOf(cardOrder: CardOrder): Binding {
    const { login, clientId, maskedPan } = cardOrder;
    const direction = directionOf(cardOrder);
    // Ten digits and the owner must do to know a card again: the number itself is not kept.
    const same = ({ dead, ...other }: Binding): boolean =>
      !dead &&
      other.login === login &&
      other.clientId === clientId &&
      other.maskedPan === maskedPan &&
      other.direction === direction;
    const known =
      settings.variantOf(login).bindingDedup === 'same' ? ledger.bindings().find(same) : undefined;
    return known ?? ledger.saveBinding({ bindingId: randomUUID(), clientId, maskedPan, direction, login });
  }

  function challenge(cardOrder: CardOrder): CardOrder {
    const { challengeExpiry } = settings.variantOf(cardOrder.login);
    const expiresAt = challengeExpiry === 'never' ? undefined : Date.now() + settings.timings.threeDsMs;
    const asked = { mdOrder: cardOrder.orderId, expiresAt };
    return watch(ledger.saveCardOrder({ ...cardOrder, state: 'awaiting3ds', challenge: asked }));
  }

  function settle(cardOrder: CardOrder): CardOrder {
    const { state, challenge: asked } = cardOrder;
    const over = asked?.expiresAt !== undefined && asked.expiresAt <= Date.now();
    return state === 'awaiting3ds' && over ? finish(cardOrder, 'expired') : cardOrder;
  }

  function watch(cardOrder: CardOrder): CardOrder {
    const { state, challenge: asked, login, orderNumber } = cardOrder;
    if (state !== 'awaiting3ds' || asked?.expiresAt === undefined) return cardOrder;
    timers.after(asked.expiresAt - Date.now() + 1, () => {
      const now = ledger.findCardOrder(login, orderNumber);
      if (now) settle(now);
    });
    return cardOrder;
  }

  function needs3ds({ method, login, maskedPan }: CardOrder): boolean {
    const { frictionlessSourceBinding, frictionlessPrefixes } = settings.variantOf(login);
    return (
      method === 'createSourceBindingId' &&
      !frictionlessSourceBinding &&
      !frictionlessPrefixes.some((prefix) => maskedPan.startsWith(prefix))
    );
  }

  function storing(
    method: StoringMethod,
    read: (...of: Parameters<typeof readTargetCard>) => CardOrderBody,
  ): Handler {
    return (login, given): Outcome => {
      const body = read(given, rulesOf(login));
      const known = duplicates.card(login, body.orderNumber, answers.stored);
      if (known.kind === 'answered') return known.outcome;
      const { orderId = randomUUID() } = known.kind === 'again' ? known.found : {};
      const fresh: CardOrder = { ...body, login, method, orderId, state: 'failed', createdAt: clock.now() };
      try {
        checkBin(body.maskedPan, settings.variantOf(login).foreignPrefixes);
      } catch (error) {
        ledger.saveCardOrder({ ...fresh, state: 'rejected' });
        throw error;
      }
      return { answer: answers.stored(needs3ds(fresh) ? challenge(fresh) : finish(fresh, 'active')) };
    };
  }

  return {
    handlers: {
      createTargetBindingId: storing('createTargetBindingId', readTargetCard),
      createSourceBindingId: storing('createSourceBindingId', readSourceCard),
    },
    answerChallenge: (given, approved) => {
      const cardOrder = settle(given);
      return cardOrder.state === 'awaiting3ds'
        ? finish(cardOrder, approved ? 'active' : 'failed')
        : cardOrder;
    },
    settle,
    watch,
  };
}
