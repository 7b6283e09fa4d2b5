import type { NotSent } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { LoginRefused } from '../registration.js';
import type { EightbConfig } from './config.js';
import { httpClassOf } from './http-classes.js';
import { ruleOf } from './refusal.js';
import { readResponse } from './responses.js';
import { readResult } from './results.js';

const HELD_BACK: NotSent = {
  kind: 'not_sent',
  code: 'login_refused',
  message: 'The provider refused our signature, address or Service_ID; nothing is sent for a while',
};

interface Options {
  readonly config: EightbConfig;
  readonly now: () => number;
  readonly onRefused: (refusal: Pick<LoginRefused, 'http' | 'pausedMs'>) => void;
}

/**
 * Stops the account where the provider does not let us in at all (8b Disbursement §7 CONFIG: "stop the provider's
 * queue, alert"). Nothing is sent for the account's pause; then one request finds out whether it is right again, and
 * the others wait for what that one learns. Per process: each worker tries for itself.
 */
export class LoginGuard {
  readonly #options: Options;
  #heldUntil: number | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** `not_sent` while we are not let in. */
  heldBack(): NotSent | undefined {
    return this.#heldUntil !== undefined && this.#options.now() < this.#heldUntil ? HELD_BACK : undefined;
  }

  /** The same, asked right before sending: after the pause it lets one request through. */
  admit(): NotSent | undefined {
    const held = this.heldBack();
    if (held === undefined && this.#heldUntil !== undefined) this.#heldUntil = this.#pauseEnd();
    return held;
  }

  /** Learns from what came of a payout or a check. */
  heard(answer: HttpAnswer): void {
    if (answer.kind !== 'response') return;
    const { config } = this.#options;
    const access = accessOf(answer.status, answer.body, config);
    if (access === 'granted') this.#heldUntil = undefined;
    if (access !== 'refused') return;
    const stops = config.authFailurePolicy === 'stop';
    if (stops) this.#heldUntil = this.#pauseEnd();
    this.#options.onRefused({
      http: answer.status,
      pausedMs: stops ? config.authFailurePauseSecs * 1000 : 0,
    });
  }

  #pauseEnd(): number {
    return this.#options.now() + this.#options.config.authFailurePauseSecs * 1000;
  }
}

/** Only an answer in the provider's own words shows that it looked at our signature: a proxy never does. */
function accessOf(status: number, body: Buffer, config: EightbConfig): 'granted' | 'refused' | 'unclear' {
  if (status !== 200) return httpClassOf(status, config) === 'CONFIG' ? 'refused' : 'unclear';
  const said = readResponse({ body })?.result;
  if (said === undefined) return 'unclear';
  const result = readResult(said, {}, config);
  const rule = result.kind === 'error' ? ruleOf(result.text, config) : undefined;
  return rule?.class === 'CONFIG' ? 'refused' : 'granted';
}
