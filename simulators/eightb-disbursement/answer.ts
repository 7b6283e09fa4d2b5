/** What a method says, before it is written or spoilt. */
import type { Refusal } from './refusal.js';
import type { Service } from './settings.js';
import type { Variant } from './variant.js';
import type { Element } from './xml.js';
import { documentOf } from './xml.js';

export type Answer =
  /** `<response>` of these elements. */
  | { readonly elements: readonly Element[] }
  | { readonly httpStatus: number; readonly type: string; readonly text: string };

export interface WrittenAnswer {
  readonly httpStatus: number;
  readonly type: string;
  readonly text: string;
}

/** What became of a request; without an answer the connection is reset. */
export interface Outcome {
  readonly answer?: Answer | undefined;
}

export const HTML_TYPE = 'text/html; charset=UTF-8';

export function pageAnswer(httpStatus: number, words: string): Answer {
  return { httpStatus, type: HTML_TYPE, text: `<html><body><h1>${words}</h1></body></html>` };
}

/** `ERROR: text`, or the HTTP status that the variant has instead (8b Disbursement §6, §7). */
export function refusalAnswer({ kind, message }: Refusal, variant: Variant): Answer {
  const { securityReply, parameterReply, unknownService, errorForm } = variant;
  if (kind === 'security' && securityReply === 'http400') return pageAnswer(400, 'Bad Request');
  if (kind === 'parameter' && parameterReply === 'http403') return pageAnswer(403, 'Forbidden');
  if (kind === 'service' && unknownService === 'http404') return pageAnswer(404, 'Not Found');
  const between = { colon: ': ', bare: ' ', tight: ':' }[errorForm];
  return { elements: [{ name: 'result', content: `ERROR${between}${message}` }] };
}

/** How an operation stands. */
export function resultAnswer(id: string, result: string, { variant }: Service, error?: string): Answer {
  const echoed = variant.idEcho === 'always' || result === 'OK';
  return {
    elements: [
      ...(echoed ? [{ name: 'id', content: id }] : []),
      { name: 'result', content: result },
      ...(error !== undefined && variant.errorElement === 'present'
        ? [{ name: 'error', content: error }]
        : []),
    ],
  };
}

export function write(answer: Answer, variant: Variant): WrittenAnswer {
  if ('httpStatus' in answer) return answer;
  const type = `${variant.contentType}; charset=UTF-8`;
  return { httpStatus: 200, type, text: documentOf(answer.elements, variant) };
}
