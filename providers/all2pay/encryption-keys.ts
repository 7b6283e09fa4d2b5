import type { NotSent } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { All2payConfig } from './config.js';
import { readKeys, type EncryptionKey } from './keys-answer.js';

interface Fetched {
  readonly keys: readonly EncryptionKey[];
  readonly at: number;
}

interface Options {
  readonly config: Pick<All2payConfig, 'keyCacheMaxSecs' | 'keySafetySecs'>;
  readonly now: () => number;
  /** `GET /keys.do`; ends by itself. */
  readonly fetch: () => Promise<HttpAnswer>;
}

/**
 * The provider's public keys (All2pay payouts document §8), kept for a while. Of those that live long enough the one
 * that lives longest is used; when none does, or the answer is too old, it is fetched again, once for all who wait.
 */
export class EncryptionKeys {
  readonly #options: Options;
  #fetched: Fetched | undefined;
  #fetching: Promise<Fetched | NotSent> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** `not_sent` if there is no usable key: the payout has not left. */
  async current(): Promise<EncryptionKey | NotSent> {
    const known = this.#isFresh() ? this.#best(this.#fetched) : undefined;
    if (known !== undefined) return known;
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = undefined));
    const fetched = await this.#fetching;
    if ('kind' in fetched) return fetched;
    return this.#best(fetched) ?? noKey('its keys.do names no RSA key that lives long enough');
  }

  /** The provider may not have taken this key: fetch before the next use, unless that was done since. */
  drop(used: EncryptionKey): void {
    if (this.#fetched?.keys.includes(used)) this.#fetched = undefined;
  }

  #isFresh(): boolean {
    const { config, now } = this.#options;
    return this.#fetched !== undefined && now() - this.#fetched.at <= config.keyCacheMaxSecs * 1000;
  }

  #best(fetched: Fetched | undefined): EncryptionKey | undefined {
    const { config, now } = this.#options;
    const soon = now() + config.keySafetySecs * 1000;
    return fetched?.keys
      .filter(({ expiresAt }) => expiresAt > soon)
      .sort((a, b) => b.expiresAt - a.expiresAt)[0];
  }

  async #fetch(): Promise<Fetched | NotSent> {
    const at = this.#options.now();
    const answer = await this.#options.fetch();
    if (answer.kind !== 'response') return noKey(`keys.do gave no answer (${answer.code})`);
    if (answer.status < 200 || answer.status > 299) return noKey(`keys.do answered HTTP ${answer.status}`);
    const fetched = { keys: readKeys(answer.body), at };
    this.#fetched = fetched;
    return fetched;
  }
}

function noKey(why: string): NotSent {
  return { kind: 'not_sent', code: 'no_encryption_key', message: `The card could not be encrypted: ${why}` };
}
