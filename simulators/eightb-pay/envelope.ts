/** Answers as the wire has them: `data`, `sign`, `success`. 8b.world /pay §4.1. */
import { randomBytes } from 'node:crypto';

import type { WrittenAnswer } from '../all2pay/envelope.js';
import type { JsonObject } from './fields.js';
import type { Refusal } from './refusal.js';
import type { Shop } from './settings.js';
import { sign } from './signature.js';
import type { Variant } from './variant.js';

export type Answer =
  | { readonly kind: 'document'; readonly document: JsonObject }
  /** Not in `data`. */
  | { readonly kind: 'plain'; readonly document: JsonObject }
  | { readonly kind: 'failure'; readonly refusal: Refusal }
  | { readonly kind: 'html'; readonly httpStatus: number; readonly html: string };

const TIME = '0.03sec.';

/** How a fault has the signature. */
export type SignTwist = 'wrong' | 'missing' | undefined;

export function write(
  answer: Answer,
  shop: Shop | undefined,
  variant: Variant,
  twist?: SignTwist,
): WrittenAnswer {
  switch (answer.kind) {
    case 'document':
      return json(
        200,
        { ...signed(answer.document, shop, variant, twist), success: true, time_proc: TIME },
        variant,
      );
    case 'plain':
      return json(200, { ...answer.document, success: true, time_proc: TIME }, variant);
    case 'failure':
      return failure(answer.refusal, shop, variant);
    case 'html':
      return { httpStatus: answer.httpStatus, type: 'text/html; charset=UTF-8', text: answer.html, body: {} };
  }
}

function failure(refusal: Refusal, shop: Shop | undefined, variant: Variant): WrittenAnswer {
  const { error, message, forbidden } = refusal;
  const { errorFields, failures, failureStatus, badSignStatus } = variant;
  const words = {
    error: errorFields === 'error_msg' ? undefined : error,
    error_msg: errorFields === 'error' ? undefined : message,
  };
  const beside = failures === 'signed' && shop && !forbidden ? signed({ ...words }, shop, variant) : {};
  const body = {
    ...beside,
    success: false,
    ...words,
    time_proc: TIME,
    request_id: randomBytes(8).toString('hex'),
  };
  return json(forbidden ? badSignStatus : failureStatus, body, variant);
}

/** The two fields of a message. */
export function signed(
  document: JsonObject,
  shop: Shop | undefined,
  { wrapBase64At, signAlgorithm }: Pick<Variant, 'wrapBase64At' | 'signAlgorithm'>,
  twist?: SignTwist,
): { readonly data: string; readonly sign?: string } {
  const data = wrapped(Buffer.from(JSON.stringify(document), 'utf8').toString('base64'), wrapBase64At);
  if (twist === 'missing') return { data };
  const key = twist === 'wrong' ? 'nobodys-key' : (shop?.secretKey ?? '');
  return { data, sign: sign(data, key, signAlgorithm) };
}

function wrapped(text: string, at: number): string {
  if (at <= 0) return text;
  const lines = text.match(new RegExp(`.{1,${at}}`, 'g')) ?? [];
  return lines.map((line) => `${line}\n`).join('');
}

function json(httpStatus: number, body: JsonObject, { contentType }: Variant): WrittenAnswer {
  const type = contentType === 'html' ? 'text/html; charset=UTF-8' : 'application/json; charset=UTF-8';
  return { httpStatus, type, text: JSON.stringify(body), body };
}
