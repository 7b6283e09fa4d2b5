import type { NotSent } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { LoginRefused } from '../registration.js';
import type { All2payConfig } from './config.js';

const HELD_BACK: NotSent = {
  kind: 'not_sent',
  code: 'login_refused',
  message: 'The provider refused our login; nothing is sent for a while, so that it does not get locked',
};

interface Options {
  readonly config: Pick<All2payConfig, 'authFailurePolicy' | 'authFailurePauseSecs'>;
  readonly now: () => number;
  readonly onRefused: (refusal: Pick<LoginRefused, 'http' | 'pausedMs'>) => void;
}

/**
 * Keeps a wrong password from being tried again and again, which may lock the login (All2pay payouts document §11.1
 * row 18). After HTTP 401 nothing that needs the login is sent for the account's pause; then one request finds out
 * whether it is right again, and the others wait for what that one learns. Per process: each worker tries for itself.
 */
export class LoginGuard {
  readonly #options: Options;
  #heldUntil: number | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** `not_sent` while the login is being spared. */
  heldBack(): NotSent | undefined {
    return this.#heldUntil !== undefined && this.#options.now() < this.#heldUntil ? HELD_BACK : undefined;
  }

  /** The same, asked right before sending: after the pause it lets one request through. */
  admit(): NotSent | undefined {
    const held = this.heldBack();
    if (held === undefined && this.#heldUntil !== undefined) this.#heldUntil = this.#pauseEnd();
    return held;
  }

  /** Learns from what came of a request that needed the login. */
  heard(answer: HttpAnswer): void {
    if (answer.kind !== 'response') return;
    if (answer.status !== 401) {
      // A server error may come from a proxy that never looked at the login.
      if (answer.status < 500) this.#heldUntil = undefined;
      return;
    }
    const stops = this.#options.config.authFailurePolicy === 'stop';
    if (stops) this.#heldUntil = this.#pauseEnd();
    const pausedMs = stops ? this.#options.config.authFailurePauseSecs * 1000 : 0;
    this.#options.onRefused({ http: answer.status, pausedMs });
  }

  #pauseEnd(): number {
    return this.#options.now() + this.#options.config.authFailurePauseSecs * 1000;
  }
}
