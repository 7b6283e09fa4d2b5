import type { Message } from './http-message.js';

/** What each provider's callback calls its result, and the opposite. */
const OPPOSITES = [
  ['status=approved', 'status=declined'],
  ['status=1', 'status=0'],
  ['result=1', 'result=0'],
] as const;

/**
 * The same callback with the opposite result and the signature of the true one: what somebody can send who has seen
 * callbacks and has no key. Undefined where the message hides its result (8b.world /pay: in base64).
 */
export function forged(genuine: Message): Message | undefined {
  const path = contradicted(genuine.path);
  const body = contradicted(genuine.body.toString('utf8'));
  if (path === genuine.path && body === genuine.body.toString('utf8')) return undefined;
  return { ...genuine, path, body: Buffer.from(body) };
}

function contradicted(text: string): string {
  for (const [yes, no] of OPPOSITES) {
    if (text.includes(yes)) return text.replace(yes, no);
    if (text.includes(no)) return text.replace(no, yes);
  }
  return text;
}
