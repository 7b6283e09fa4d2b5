import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { commandName } from './command-name.js';
import type { Engine, Gateway } from './context.js';

export interface GatewayRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE' | undefined;
  /** Begins with a slash. */
  readonly path: string;
  /** Those without a value are left out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: unknown;
  /** The kinds of problems that are an answer to it: given back as they came. */
  readonly answers?: readonly string[] | undefined;
  /** @default 30_000 */
  readonly timeoutMs?: number | undefined;
}

/** Calls the gateway's HTTP API and gives back the answer's JSON; a refusal becomes a `CliError` in its words. */
export async function callGateway(engine: Engine, request: GatewayRequest): Promise<unknown> {
  const { gateway } = engine;
  const url = new URL(request.path, gateway.url);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const response = await send(url, request, engine);
  const text = await response.text();
  const answer = parseJson(text);
  if (!response.ok && !isAnswer(answer, request)) throw refusal(response.status, answer, gateway);
  return answer;
}

async function send(
  url: URL,
  { method = 'GET', body, timeoutMs = 30_000 }: GatewayRequest,
  engine: Engine,
): Promise<Response> {
  const { apiKey } = engine.gateway;
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new CliError(
      EXIT.unreachable,
      `the gateway does not answer at ${url.origin} (named by ${engine.foundBy}). Start it ("${commandName()} up" or ` +
        `"${commandName()} gateway"), or give the right PAYOUTS_GATEWAY_URL.`,
      { cause },
    );
  }
}

function isAnswer(problem: unknown, { answers = [] }: GatewayRequest): boolean {
  const type = isObject(problem) ? problem['type'] : undefined;
  return answers.some((kind) => type === `urn:payout-engine:problem:${kind}`);
}

/** RFC 9457 problem details, with our list of problems where fields are wrong. */
function refusal(status: number, answer: unknown, gateway: Gateway): CliError {
  if (status === 401) {
    const remedy = `Set PAYOUTS_API_KEY to a live key; "${commandName()} api-key --help" tells how to make one.`;
    return new CliError(EXIT.failed, `the gateway at ${gateway.url} does not know this API key. ${remedy}`);
  }
  const details = isObject(answer) ? answer : {};
  const problems = Array.isArray(details['problems']) ? details['problems'].filter(isObject) : [];
  const lines = problems.map(
    ({ field, problem, remedy }) => `${String(field)}: ${String(problem)}. ${String(remedy)}`,
  );
  const words = [details['detail'], details['title']].find((text) => typeof text === 'string');
  return new CliError(
    exitCodeOf(status, details['type']),
    lines.length > 0 ? lines : (words ?? `the gateway answered ${status}`),
  );
}

function exitCodeOf(status: number, type: unknown): ExitCode {
  // The gateway is there; its provider said nothing.
  if (type === 'urn:payout-engine:problem:no-answer') return EXIT.failed;
  if (status === 501) return EXIT.lacking;
  if (status === 400 || status === 422) return EXIT.usage;
  return status === 502 || status === 503 || status === 504 ? EXIT.unreachable : EXIT.failed;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
