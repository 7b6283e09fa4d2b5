/** What is answered, before a variant or a fault touches it. All2pay payouts document §3 and §11. */
import type { JsonObject } from './fields.js';
import type { Refusal } from './refusal.js';

export interface Answer {
  readonly httpStatus: number;
  readonly body: JsonObject;
  /** Sent in place of the body where the answer is no JSON. */
  readonly text?: { readonly type: string; readonly content: string } | undefined;
}

/** What a processed request leads to; the caller puts it on the wire. */
export interface Outcome {
  /** Absent: no answer, ever. */
  readonly answer?: Answer | undefined;
  readonly hangMs?: number | undefined;
}

export const HTML_TYPE = 'text/html; charset=UTF-8';

export function refusalAnswer(refused: Refusal, orderNumber?: string, orderStatus?: string): Answer {
  const { httpStatus, errorCode, message } = refused;
  const body = { errorCode, errorMessage: message, orderNumber, orderStatus };
  return errorCode === '' ? htmlAnswer(httpStatus, message) : { httpStatus, body };
}

/** A proxy's page, as row 19 looks. */
export function htmlAnswer(httpStatus: number, words: string): Answer {
  const content = `<html><body><h1>${httpStatus} ${words}</h1></body></html>`;
  return { httpStatus, body: {}, text: { type: HTML_TYPE, content } };
}
