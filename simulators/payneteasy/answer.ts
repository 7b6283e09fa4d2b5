/** What is answered, and how a variant writes it. Payneteasy §5. */
import { encode } from './encoding.js';
import type { Variant } from './variant.js';

export type Values = Readonly<Record<string, string | undefined>>;

export interface Answer {
  /** Of the JSON form; a form says everything in an HTTP 200 (§5). */
  readonly httpStatus: number;
  readonly values: Values;
  /** Balances in a list, which a form cannot hold. */
  readonly list?: readonly Values[] | undefined;
  /** Sent in place of the values where the answer is no data. */
  readonly text?: { readonly type: string; readonly content: string } | undefined;
}

export interface Written {
  readonly httpStatus: number;
  readonly type: string;
  readonly text: string;
  /** What the text says, for those who rewrite it. */
  readonly values: Values;
  readonly isJson: boolean;
}

export const FORM_TYPE = 'text/html;charset=utf-8';

export function write(
  { httpStatus, values, list, text }: Answer,
  wantsJson: boolean,
  variant: Variant,
): Written {
  if (text) return { httpStatus, type: text.type, text: text.content, values: {}, isJson: false };
  const isJson = wantsJson && variant.json === 'offered';
  const said = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (!isJson) {
    const status = httpStatus >= 400 && httpStatus !== 403 && httpStatus !== 429 ? 200 : httpStatus;
    return { httpStatus: status, type: FORM_TYPE, text: formText(said, variant), values, isJson };
  }
  const status = httpStatus === 400 ? variant.jsonRejection : httpStatus;
  const object = jsonObject(said, variant);
  const many = list?.map((one) => jsonObject(Object.entries(one) as [string, string][], variant));
  const content =
    many === undefined ? object : variant.balanceShape === 'list' ? many : { ...object, balances: many };
  return { httpStatus: status, type: variant.jsonType, text: JSON.stringify(content), values, isJson };
}

/** A line feed after each value, so before the next `&`. */
function formText(said: readonly [string, string][], variant: Variant): string {
  return said
    .map(([name, value]) => `${spelled(name, variant)}=${encode(value).replaceAll('%20', '+')}\n`)
    .join('&');
}

function jsonObject(said: readonly [string, string][], variant: Variant): Record<string, string | number> {
  return Object.fromEntries(
    said.map(([name, value]) => {
      const isNumber =
        (name === 'error-code' && variant.errorCodeAs === 'number') ||
        (name === 'amount' && variant.amountAs === 'number');
      return [spelled(name, variant), isNumber ? Number(value) : value];
    }),
  );
}

function spelled(name: string, { names }: Variant): string {
  return names === 'snake' ? name.replaceAll('-', '_') : name;
}

/** A refusal of a request (§6.1); in JSON it is HTTP 400. */
export function refusal(
  type: 'validation-error' | 'error',
  message: string,
  {
    code = '1',
    ...ids
  }: { code?: string; clientOrderId?: string | undefined; orderId?: string | undefined } = {},
): Answer {
  const values = {
    type,
    'serial-number': serialNumber(),
    'merchant-order-id': ids.clientOrderId,
    'paynet-order-id': ids.orderId,
    'error-message': message,
    'error-code': code,
  };
  return { httpStatus: 400, values };
}

/** Wrong signature, control, key or clock (§4). */
export function forbidden({ forbiddenBody }: Variant): Answer {
  if (forbiddenBody === 'error')
    return { ...refusal('error', 'Access denied', { code: '3' }), httpStatus: 403 };
  const content = forbiddenBody === 'empty' ? '' : '<html><body><h1>403 Forbidden</h1></body></html>';
  return { httpStatus: 403, values: {}, text: { type: FORM_TYPE, content } };
}

export function page(httpStatus: number, words: string): Answer {
  const content = `<html><body><a href="/?a=b&c=d">${httpStatus}</a> ${words}</body></html>`;
  return { httpStatus, values: {}, text: { type: FORM_TYPE, content } };
}

let requests = 0x2d9b22a;

/** The gateway's id of one request. */
export function serialNumber(): string {
  requests += 1;
  return `00000000-0000-0000-0000-${requests.toString(16).padStart(12, '0')}`;
}
