import type { NotSent } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { LoginRefused } from '../registration.js';
import type { PayneteasyConfig } from './config.js';

const HELD_BACK: NotSent = {
  kind: 'not_sent',
  code: 'login_refused',
  message: 'The provider refused our signature, key or clock; no payout is sent for a while',
};

interface Options {
  readonly config: Pick<PayneteasyConfig, 'authFailurePolicy' | 'authFailurePauseSecs'>;
  readonly now: () => number;
  readonly onRefused: (refusal: Pick<LoginRefused, 'http' | 'pausedMs'>) => void;
}

/**
 * Stops the account's payouts after HTTP 403 (Payneteasy §9: "stop queue, alert"), so that a wrong key or clock fails
 * one of them and not all. After the pause one request finds out whether all is well again, and the others wait for
 * what that one learns. Questions are never held back, but a refused one is told. Per process.
 */
export class LoginGuard {
  readonly #options: Options;
  #heldUntil: number | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** `not_sent` while payouts are held back. */
  heldBack(): NotSent | undefined {
    return this.#heldUntil !== undefined && this.#options.now() < this.#heldUntil ? HELD_BACK : undefined;
  }

  /** The same, asked right before sending: after the pause it lets one request through. */
  admit(): NotSent | undefined {
    const held = this.heldBack();
    if (held === undefined && this.#heldUntil !== undefined) this.#heldUntil = this.#pauseEnd();
    return held;
  }

  /** Learns from what came of a request that could move money. */
  heard(answer: HttpAnswer): void {
    if (answer.kind !== 'response') return;
    if (answer.status !== 403) {
      // A server error may come from a proxy that never looked at the signature.
      if (answer.status < 500) this.#heldUntil = undefined;
      return;
    }
    const stops = this.#options.config.authFailurePolicy === 'stop';
    if (stops) this.#heldUntil = this.#pauseEnd();
    const pausedMs = stops ? this.#options.config.authFailurePauseSecs * 1000 : 0;
    this.#options.onRefused({ http: answer.status, pausedMs });
  }

  /** Learns from what came of a question: its credentials may be others (§4). */
  heardQuestion(answer: HttpAnswer): void {
    if (answer.kind !== 'response' || answer.status !== 403) return;
    this.#options.onRefused({ http: answer.status, pausedMs: 0 });
  }

  #pauseEnd(): number {
    return this.#options.now() + this.#options.config.authFailurePauseSecs * 1000;
  }
}
