import { z } from 'zod';
import type { HttpResponse } from '../http-call.js';
import { parseXml } from './xml.js';

/** An element without content is as good as none. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

/** Said for people only: an odd one is as good as none. */
const words = text.catch(undefined);

/** `<response>` of `payout`, `check` and `notify` (8b Disbursement §5.1, §5.2, §5.6). */
const response = z.object({ id: text, result: text, error: words });
const document = z.strictObject({ response });

export type EightbResponse = z.output<typeof response>;

/** Undefined for anything else: empty, a page, broken XML, an element twice. */
export function readResponse({ body }: Pick<HttpResponse, 'body'>): EightbResponse | undefined {
  const parsed = document.safeParse(parseXml(body));
  return parsed.success ? parsed.data.response : undefined;
}
