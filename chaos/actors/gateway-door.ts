import { z } from 'zod';

/** The HTTP API, as an operator calls it. */
export interface GatewayDoor {
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<GatewayAnswer>;
}

export interface GatewayAnswer {
  /** 0: nobody answered. */
  readonly status: number;
  readonly body: unknown;
}

export function gatewayDoor(url: string, apiKey: string, timeoutMs = 20_000): GatewayDoor {
  return {
    async call(method, path, body) {
      try {
        const response = await fetch(new URL(path, url), {
          method,
          headers: {
            authorization: `Bearer ${apiKey}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { status: response.status, body: await response.json() };
      } catch {
        return { status: 0, body: undefined };
      }
    },
  };
}

const problem = z.object({ type: z.string() });

/** The kind of a refusal: the last part of its problem type. */
export function problemIn({ body }: GatewayAnswer): string {
  const parsed = problem.safeParse(body);
  return parsed.success ? (parsed.data.type.split(/[/#:]/).at(-1) ?? '') : '';
}
