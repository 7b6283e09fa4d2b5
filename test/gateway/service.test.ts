import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from '../../gateway/create-gateway.js';
import { startGateway, type Harness } from './harness.js';

let gateway: Harness;
beforeAll(async () => {
  gateway = await startGateway({ publicUrl: 'https://pay.example' });
});
afterAll(() => gateway.close());
beforeEach(() => {
  Object.assign(gateway.world, { journalDown: false, journalHangs: false, temporal: 'up' });
});

interface Operation {
  operationId: string;
  tags: string[];
  security?: unknown[];
  requestBody?: unknown;
  responses: Record<string, { content?: Record<string, unknown> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: object };
}

describe('health', () => {
  it('lives whatever is away', async () => {
    Object.assign(gateway.world, { journalDown: true, temporal: 'down' });
    expect((await gateway.ask('GET', '/healthz')).json).toEqual({ alive: true });
  });

  it('is ready when journal and Temporal answer', async () => {
    const ready = async () => {
      const { status, json } = await gateway.ask('GET', '/readyz');
      return [status, json];
    };
    // It gives them 2 s: a machine that stands still longer is told that they do not answer.
    await expect.poll(ready).toEqual([
      200,
      {
        ready: true,
        checks: [
          { name: 'journal', ok: true, words: 'answers' },
          { name: 'temporal', ok: true, words: 'answers' },
        ],
      },
    ]);
  });

  it('says what does not answer, in time, without addresses', async () => {
    Object.assign(gateway.world, { journalHangs: true, temporal: 'down' });
    const start = Date.now();
    const answer = await gateway.ask('GET', '/readyz');
    expect(Date.now() - start).toBeLessThan(20_000);
    expect([answer.status, answer.json['ready']]).toEqual([503, false]);
    expect(answer.json['checks']).toEqual([
      { name: 'journal', ok: false, words: 'does not answer within 2000 ms' },
      { name: 'temporal', ok: false, words: 'cannot be used: see the log of the gateway' },
    ]);
    expect(JSON.stringify(gateway.world.log)).toContain('ECONNREFUSED 10.1.2.3');
  });
});

describe('the edge', () => {
  it('sends the security headers', async () => {
    const { headers } = await gateway.ask('GET', '/healthz');
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000',
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
    });
  });

  it('shows the public sealing keys, and refuses to be given a private one', async () => {
    expect((await gateway.ask('GET', '/.well-known/jwks.json')).json['keys']).toMatchObject([{ kid: 'k1' }]);
    const withPrivate = { sealingKeys: { keys: [{ kty: 'EC', d: 'private' }] } } as never;
    await expect(createGateway(withPrivate)).rejects.toThrow('private sealing key');
  });
});

describe('the OpenAPI document', () => {
  let document: Document;
  beforeAll(async () => {
    document = (await gateway.ask('GET', '/openapi.json')).json as unknown as Document;
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );

  it('is 3.1 and has every route', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      [
        'GET /v1/stops',
        'POST /v1/stops',
        'POST /v1/stops/{id}/resume',
        'POST /v1/payouts',
        'GET /v1/payouts',
        'GET /v1/payouts/{payoutId}',
        'GET /v1/payouts/{payoutId}/events',
        'POST /v1/payouts/{payoutId}/cancel',
        'POST /v1/payouts/{payoutId}/resolve',
        'POST /v1/payouts/{payoutId}/correct',
        'GET /v1/callbacks',
        'POST /v1/callbacks/{id}/retry',
        'GET /v1/notices',
        'POST /v1/notices/{id}/retry',
        'GET /v1/reviews',
        'GET /v1/payouts/{payoutId}/evidence',
        'POST /v1/stored-cards',
        'GET /v1/stored-cards',
        'GET /v1/stored-cards/{storedCardId}',
        'DELETE /v1/stored-cards/{storedCardId}',
        'POST /v1/payments',
        'GET /v1/payments',
        'GET /v1/payments/{paymentId}',
        'GET /v1/payments/{paymentId}/events',
        'POST /v1/payments/{paymentId}/refund',
        'POST /v1/payments/{paymentId}/void',
        'POST /v1/payments/{paymentId}/complete',
        'POST /v1/payments/{paymentId}/resolve',
        'POST /v1/payments/{paymentId}/operations/{operationId}/settle',
        'POST /v1/one-time-secrets',
        'GET /v1/accounts',
        'GET /v1/accounts/{account}/payment-report',
        'GET /v1/accounts/{account}/registry',
        'GET /v1/accounts/{account}/statement',
        'GET /v1/accounts/{account}/ping',
        'GET /v1/accounts/{account}/balance',
        'GET /v1/api-keys',
        'POST /v1/api-keys',
        'DELETE /v1/api-keys/{id}',
        'POST /v1/api-keys/{id}/rotate',
        'GET /v1/audit',
        'GET /callbacks/{account}',
        'POST /callbacks/{account}',
        'GET /return/{account}/{orderId}',
        'POST /return/{account}/{orderId}',
        'GET /healthz',
        'GET /readyz',
        'GET /metrics',
        'GET /.well-known/jwks.json',
        'GET /openapi.json',
      ].sort(),
    );
  });

  it('gives each operation an id, a tag, and the problems it can answer with', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, operation } of operations()) {
      expect([name, operation.tags.length]).toEqual([name, 1]);
      if (!name.includes('/v1/')) expect([name, operation.security]).toEqual([name, []]);
      for (const status of name.includes('/v1/') ? ['401', '500', '503'] : []) {
        expect([name, Object.keys(operation.responses[status]?.content ?? {})]).toEqual([
          name,
          ['application/problem+json'],
        ]);
      }
    }
    expect(document.components.securitySchemes).toMatchObject({ apiKey: { type: 'http', scheme: 'bearer' } });
  });

  it('refers only to what it has, and has no schema that says nothing', () => {
    const names = new Set(Object.keys(document.components.schemas));
    expect([...names].sort()).toContain('PayoutRequestInput');
    const empty: string[] = [];
    const visit = (part: unknown, path: string, isSchema: boolean): void => {
      if (typeof part !== 'object' || part === null) return;
      const node = part as Record<string, unknown>;
      if (typeof node['$ref'] === 'string') expect(names).toContain(node['$ref'].split('/').at(-1));
      const says = ['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'].some((word) => word in node);
      if (isSchema && !says) empty.push(path);
      for (const [key, value] of Object.entries(node)) {
        if (['example', 'examples', 'default'].includes(key)) continue;
        if (key === 'properties' || key === 'schemas') {
          for (const [name, child] of Object.entries(value as object)) visit(child, `${path}/${name}`, true);
        } else if (key === 'anyOf' || key === 'oneOf') {
          (value as unknown[]).forEach((child, i) => visit(child, `${path}/${key}${i}`, true));
        } else {
          visit(value, `${path}/${key}`, key === 'schema' || key === 'items');
        }
      }
    };
    visit(document, '', false);
    expect(empty).toEqual([]);
  });

  it('has a page to look at it', async () => {
    const page = await fetch(`${gateway.url}/docs/`);
    expect([page.status, page.headers.get('content-type')?.startsWith('text/html')]).toEqual([200, true]);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});
