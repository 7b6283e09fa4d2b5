/** What one check found. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly words: string;
  /** What to do; absent where all is well. */
  readonly remedy?: string | undefined;
}

export function good(name: string, words: string): Finding {
  return { name, ok: true, words };
}

export function bad(name: string, words: string, remedy: string): Finding {
  return { name, ok: false, words, remedy };
}
