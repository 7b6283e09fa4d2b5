import type { Progress } from '../domain/provider-answer.js';
import type { CallbackSignal } from './messages.js';

/** Something that came in from outside and may mean that the provider knows more. */
export interface NewsItem {
  readonly because: string;
  /** A provider's callback; otherwise a browser that came back. */
  readonly isCallback: boolean;
  /** A callback that proves its result by itself: nothing needs to be asked. */
  readonly proven?: { readonly callbackId: string; readonly proof: Progress } | undefined;
}

/** What came in and was not looked at yet. Repetitions of a callback count once; one question answers all hints. */
export interface NewsDesk {
  callback(signal: CallbackSignal): void;
  returned(): void;
  waiting(): boolean;
  next(): NewsItem | undefined;
}

export function createNewsDesk(): NewsDesk {
  const heard = new Set<string>();
  const proofs: NewsItem[] = [];
  let hint: NewsItem | undefined;
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
