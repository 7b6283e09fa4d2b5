/** What the HTTP API has answered in a run. */
export interface Answers {
  /** Calls, and keeps the answer. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Every answer that refuses or fails, headers included. */
  errors(): string;
  others(): string;
}

export interface CallOptions {
  /** An object as JSON; a text as it is. */
  readonly body?: unknown;
  readonly key?: string | undefined;
  readonly contentType?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export function keepAnswers(gatewayUrl: string, operatorKey: string): Answers {
  const errors: string[] = [];
  const others: string[] = [];
  return {
    async call(method, path, { body, key = operatorKey, contentType = 'application/json' } = {}) {
      const response = await fetch(new URL(path, gatewayUrl), {
        method,
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'content-type': contentType }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(120_000),
      });
      const text = await response.text();
      const kept = `${response.status} ${JSON.stringify([...response.headers])}\n${text}`;
      (response.status >= 400 ? errors : others).push(kept);
      return { status: response.status, text };
    },
    errors: () => errors.join('\n'),
    others: () => others.join('\n'),
  };
}
