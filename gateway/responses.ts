import { problemDetailsSchema } from '../schemas/problem-details.js';

const WORDS = {
  400: 'The request cannot be read.',
  401: 'No valid API key.',
  403: 'The API key may not do this, or nobody from this address.',
  404: 'There is no such thing.',
  405: 'The address exists, and answers to other methods: see Allow.',
  409: 'Its state forbids it, or the id belongs to another.',
  413: 'The body is larger than this address takes.',
  415: 'The body is not application/json.',
  422: 'At least one field is bad: see `problems`.',
  429: 'Too many requests: send it again after Retry-After.',
  500: 'Something unexpected went wrong.',
  501: 'The provider cannot do this: `detail` says why, and what to do instead.',
  502: 'The provider was asked and gave no answer.',
  503: 'Something behind the gateway does not answer: repeat the request unchanged after Retry-After.',
} as const;

type Status = keyof typeof WORDS;
type Problems = Record<
  Status,
  { description: string; content: { 'application/problem+json': { schema: typeof problemDetailsSchema } } }
>;

/** The error responses of a route, for the OpenAPI document. That there may be too many requests goes for all. */
export function problems<S extends Status>(...statuses: readonly S[]): Pick<Problems, S | 429> {
  const entries = [...new Set<Status>([...statuses, 429])].map((status) => [
    status,
    { description: WORDS[status], content: { 'application/problem+json': { schema: problemDetailsSchema } } },
  ]);
  return Object.fromEntries(entries) as Pick<Problems, S | 429>;
}
