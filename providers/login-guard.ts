import type { NotSent } from '../domain/provider-answer.js';
import type { HttpAnswer } from './http-call.js';
import type { LoginRefused } from './registration.js';

/** What an answer tells of our credentials. `unclear`: it may come from a proxy that never looked at them. */
export type Access = 'granted' | 'refused' | 'unclear';

type Response = Extract<HttpAnswer, { kind: 'response' }>;

interface Options {
  readonly config: {
    /** `stop` sends nothing for the pause; `continue` goes on as if nothing had happened. */
    readonly authFailurePolicy: 'stop' | 'continue';
    readonly authFailurePauseSecs: number;
  };
  /** Of the request that is not sent. */
  readonly message: string;
  readonly accessOf: (answer: Response) => Access;
  readonly now: () => number;
  readonly onRefused: (refusal: Pick<LoginRefused, 'http' | 'pausedMs'>) => void;
}

/**
 * Keeps wrong credentials from being tried again and again, which may lock the login, and one wrong key from failing every
 * payout. After a refusal nothing that needs the login is sent for the account's pause; then one request finds out
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
    const { now, message } = this.#options;
    return this.#heldUntil !== undefined && now() < this.#heldUntil
      ? { kind: 'not_sent', code: 'login_refused', message }
      : undefined;
  }

  /** The same, asked right before sending: after the pause it lets one request through. */
  admit(): NotSent | undefined {
    const held = this.heldBack();
    if (held === undefined && this.#heldUntil !== undefined) this.#heldUntil = this.#pauseEnd();
    return held;
  }

  /** Learns from what came of a request that the guard let through. */
  heard(answer: HttpAnswer): void {
    if (answer.kind !== 'response') return;
    const { config, accessOf, onRefused } = this.#options;
    const access = accessOf(answer);
    if (access === 'granted') this.#heldUntil = undefined;
    if (access !== 'refused') return;
    const stops = config.authFailurePolicy === 'stop';
    if (stops) this.#heldUntil = this.#pauseEnd();
    onRefused({ http: answer.status, pausedMs: stops ? config.authFailurePauseSecs * 1000 : 0 });
  }

  /** Learns from what came of a question that is never held back: its credentials may be others. */
  heardQuestion(answer: HttpAnswer): void {
    const { accessOf, onRefused } = this.#options;
    if (answer.kind !== 'response' || accessOf(answer) !== 'refused') return;
    onRefused({ http: answer.status, pausedMs: 0 });
  }

  #pauseEnd(): number {
    return this.#options.now() + this.#options.config.authFailurePauseSecs * 1000;
  }
}

/** Where the HTTP status alone tells; a server error may come from a proxy. */
export function accessByStatus(refusal: number): (answer: Response) => Access {
  return ({ status }) => (status === refusal ? 'refused' : status < 500 ? 'granted' : 'unclear');
}
