/** Writes an answer the way a login's variant has it. All2pay payouts document §3, §11.2 rule 5 and §14 I6, I12. */
import type { Answer } from './answer.js';
import { HTML_TYPE } from './answer.js';
import type { JsonObject } from './fields.js';
import { isObject } from './fields.js';
import type { Variant } from './variant.js';

const JSON_TYPE = 'application/json; charset=UTF-8';

/** Ready for the wire. */
export interface WrittenAnswer {
  readonly httpStatus: number;
  readonly type: string;
  readonly text: string;
  /** What the text says, where it is JSON. */
  readonly body: JsonObject;
}

export function write(answer: Answer, variant: Variant): WrittenAnswer {
  const { httpStatus, text } = answer;
  const body = retyped(trimmed(answer.body, variant), variant);
  if (text) return { httpStatus, type: text.type, text: text.content, body: {} };
  const type = variant.contentType === 'html' ? HTML_TYPE : JSON_TYPE;
  return { httpStatus, type, text: JSON.stringify(body), body };
}

function trimmed(body: JsonObject, variant: Variant): JsonObject {
  const { errorEnvelope, orderIdInAnswers, row32Blanks } = variant;
  const refused = body['errorCode'] !== undefined && body['errorCode'] !== '0';
  const hidden = [
    ...(refused && errorEnvelope !== 'orderStatus' ? ['orderStatus'] : []),
    ...(refused && errorEnvelope === 'bare' ? ['orderNumber'] : []),
    ...(!orderIdInAnswers && body['formUrl'] === undefined ? ['orderId'] : []),
  ];
  const { errorMessage } = body;
  const plain = row32Blanks === 'plain' && typeof errorMessage === 'string';
  const kept = Object.entries(body).filter(([name]) => !hidden.includes(name));
  return {
    ...Object.fromEntries(kept),
    ...(plain && { errorMessage: errorMessage.replaceAll('\u2423', ' ') }),
  };
}

/** Amounts, currencies and statuses as text or number, wherever they stand. */
function retyped(body: JsonObject, variant: Variant): JsonObject {
  const { amountAs, currencyAs, orderStatusAs } = variant;
  const writers: Record<string, typeof String | typeof Number | undefined> = {
    amount: amountAs === 'string' ? String : undefined,
    fee: amountAs === 'string' ? String : undefined,
    currency: currencyAs === 'number' ? Number : undefined,
    orderStatus: orderStatusAs === 'number' ? Number : undefined,
  };
  const one = ([name, value]: [string, unknown]): [string, unknown] => {
    if (Array.isArray(value))
      return [name, value.map((item: unknown) => (isObject(item) ? retyped(item, variant) : item))];
    return [name, value === undefined ? value : (writers[name]?.(value) ?? value)];
  };
  return Object.fromEntries(Object.entries(body).map(one));
}
