/** `success: false`, in free words: the provider publishes no list of codes. 8b.world /pay §4.1 and §7. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly error: string,
    message: string,
    /** Of a request that is not signed as it should be. */
    readonly forbidden = false,
  ) {
    super(message);
  }
}

export function invalid(field: string, words: string): Refusal {
  return new Refusal('validation_error', `${field} ${words}`);
}
