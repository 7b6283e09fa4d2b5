import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { run, type Ran } from './cli-fixture.js';

export interface StubAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface GatewayStub {
  /** By method and URL, method and path, path and page (`/v1/payouts#c2`), or path; 404 for all else. */
  answers: Record<string, StubAnswer>;
  /** `GET /v1/payouts?limit=50`, oldest first; emptied before each test. */
  readonly asked: string[];
  /** The JSON that came with each. */
  readonly bodies: unknown[];
  /** An empty data directory, which {@link payouts} uses. */
  readonly folder: string;
  readonly payouts: (...argv: string[]) => Promise<Ran>;
}

export const ok = (body: unknown): StubAnswer => ({ status: 200, body });

/** What the commands that speak to a gateway meet in a test file: call it once, at the file's top. */
export function useGatewayStub(): GatewayStub {
  const folder = mkdtempSync(join(tmpdir(), 'payouts-cli-'));
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { method, url } = request;
      stub.asked.push(`${method} ${url}`);
      stub.bodies.push(text === '' ? undefined : (JSON.parse(text) as unknown));
      const { pathname, searchParams } = new URL(String(url), 'http://gateway');
      const names = [
        `${method} ${url}`,
        `${method} ${pathname}`,
        `${pathname}#${searchParams.get('cursor')}`,
        pathname,
      ];
      const name = names.find((one) => one in stub.answers);
      const { status, body } = (name !== undefined && stub.answers[name]) || { status: 404, body: {} };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  const stub: GatewayStub = {
    answers: {},
    asked: [],
    bodies: [],
    folder,
    payouts: (...argv) =>
      run([...argv, '--data-dir', folder], {
        env: {
          PAYOUTS_API_KEY: 'payk_x',
          PAYOUTS_GATEWAY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        },
      }),
  };
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    stub.asked.length = 0;
    stub.bodies.length = 0;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return stub;
}
