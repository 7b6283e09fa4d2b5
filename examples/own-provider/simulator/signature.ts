/** Signatures of Pocket Pay §3 and §7, written from the document once more: a shared bug must not cancel out. */
import { createHmac } from 'node:crypto';

interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly signature: string;
  readonly body: Buffer;
}

export function isSigned({ method, path, signature, body }: SignedRequest, secret: string): boolean {
  const text = Buffer.concat([Buffer.from([method, path, ''].join('\n')), body]);
  return signature === createHmac('sha256', secret).update(text).digest('hex');
}

export function callbackSignature(body: string, secret: string): string {
  return createHmac('sha256', secret).update(Buffer.from(body)).digest('hex');
}
