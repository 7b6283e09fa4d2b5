import type { Progress } from '../domain/provider-answer.js';

/** Something that came in from outside and may mean that the provider knows more. */
export interface NewsItem<Proof = Progress> {
  readonly because: string;
  /** A provider's callback; otherwise a browser that came back. */
  readonly isCallback: boolean;
  /** A callback that proves its result by itself: nothing needs to be asked. */
  readonly proven?: { readonly callbackId: string; readonly proof: Proof } | undefined;
}

/** What came in and was not looked at yet. Repetitions of a callback count once; one question answers all hints. */
export interface NewsDesk<Proof = Progress> {
  callback(signal: { readonly callbackId: string; readonly proof?: Proof | undefined }): void;
  returned(): void;
  /** Something of ours changed the order at the provider. */
  operated(): void;
  waiting(): boolean;
  next(): NewsItem<Proof> | undefined;
}

export function createNewsDesk<Proof = Progress>(): NewsDesk<Proof> {
  const heard = new Set<string>();
  const proofs: NewsItem<Proof>[] = [];
  let hint: NewsItem<Proof> | undefined;
  return {
    callback({ callbackId, proof }) {
      if (heard.has(callbackId)) return;
      heard.add(callbackId);
      const because = `callback ${callbackId}`;
      if (proof) proofs.push({ because, isCallback: true, proven: { callbackId, proof } });
      else hint = { because, isCallback: true };
    },
    returned() {
      hint ??= { because: 'the recipient came back', isCallback: false };
    },
    operated() {
      hint ??= { because: 'an operation was done', isCallback: false };
    },
    waiting: () => proofs.length > 0 || hint !== undefined,
    next() {
      const proof = proofs.shift();
      if (proof) return proof;
      const item = hint;
      hint = undefined;
      return item;
    },
  };
}
