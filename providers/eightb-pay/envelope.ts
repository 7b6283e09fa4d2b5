import { z } from 'zod';
import type { HttpResponse } from '../http-call.js';
import { decodeDocument } from './base64-json.js';
import { isSignature, type SigningKey } from './signature.js';

/**
 * What an answer comes to before its content is looked at (8b.world /pay §4.1, §7). Only a document whose signature is
 * right says anything for certain.
 */
export type Envelope =
  | { readonly kind: 'signed'; readonly document: unknown }
  /** `success: false`; with the document, if there is a signed one. */
  | {
      readonly kind: 'failure';
      readonly code: string | undefined;
      readonly words: string | undefined;
      readonly document?: unknown;
    }
  /** A success without a signature. `body`: the answer itself, for what may be read plain (§4.3). */
  | { readonly kind: 'unsigned'; readonly body: unknown }
  | { readonly kind: 'forged' }
  /** HTML, broken JSON, or a document that is none. */
  | { readonly kind: 'unreadable' };

const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .nullish()
  .transform((value) => value ?? undefined);
/** Never decides anything, so an odd value is as good as none. */
const words = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)))
  .catch(undefined);
const text = z.string().nullish();

const outer = z.object({ success: flag, data: text, sign: text, error: words, error_msg: words });

/** Reads by content: JSON may arrive labelled as anything. */
export function readEnvelope({ body }: Pick<HttpResponse, 'body'>, key: SigningKey): Envelope {
  const json = parseJson(body);
  const parsed = outer.safeParse(json);
  if (!parsed.success) return { kind: 'unreadable' };
  const { success, data, sign, error, error_msg } = parsed.data;
  const document = typeof data === 'string' ? signedDocument(data, sign, key) : undefined;
  if (success === false) {
    const signed = document?.kind === 'signed' ? { document: document.document } : {};
    return { kind: 'failure', code: error, words: error_msg ?? error, ...signed };
  }
  return document ?? { kind: 'unsigned', body: json };
}

function signedDocument(
  data: string,
  sign: string | null | undefined,
  key: SigningKey,
): Extract<Envelope, { kind: 'signed' | 'forged' | 'unreadable' }> {
  if (typeof sign !== 'string' || !isSignature(sign, data, key)) return { kind: 'forged' };
  const document = decodeDocument(data);
  return document === undefined ? { kind: 'unreadable' } : { kind: 'signed', document };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
