import { inspect } from 'node:util';

const SHOWN = '[secret]';

/**
 * A value that must not be seen: printed, logged, serialised or joined into a text it gives `[secret]`.
 *
 * @example
 * const key = new Secret('hunter2');
 * `${key}`; // [secret]
 * key.reveal(); // hunter2
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself: call it where it is used, and keep the result in no object that lives on. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
