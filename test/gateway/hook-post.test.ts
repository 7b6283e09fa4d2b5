import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHookPost } from '../../gateway/hook-post.js';
import { isPublicAddress } from '../../gateway/public-address.js';

let server: Server;
let port: number;
let asked = 0;
beforeAll(async () => {
  server = createServer((request, answer) => {
    asked += 1;
    if (request.url === '/away') answer.writeHead(307, { location: '/there' }).end();
    else answer.writeHead(request.url === '/no' ? 503 : 204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => new Promise((done) => server.close(done)));

const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{}' };
const post = (url: string, allowPrivate = false) => createHookPost(url, allowPrivate)(MESSAGE);

/** A name server of the attacker's: each answer is the next. */
function names(...answers: string[][]) {
  const left = [...answers];
  return ((_name: string, _options: object, done: (error: null, found: object[]) => void) => {
    const found = (left.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    process.nextTick(() => done(null, found));
  }) as never;
}

describe('the hook’s address', () => {
  it.each([
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.31.0.1', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['172.32.0.1', true],
    ['8.8.8.8', true],
    ['::1', false],
    ['::', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:7f00:1', false],
    ['::ffff:8.8.8.8', false],
    ['::127.0.0.1', false],
    ['64:ff9b::a9fe:a9fe', false],
    ['64:ff9b:1::1', false],
    ['2002:7f00:1::', false],
    ['2001:0:7f00:1::', false],
    ['fe80::1', false],
    ['fe80::1%lo', false],
    ['fd00:ec2::254', false],
    ['ff02::1', false],
    ['2001:db8::1', false],
    ['2606:4700:4700::1111', true],
    ['somewhere', false],
  ])('%s is public: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '127.1', '0'])(
    'http://%s is not reached unless that is allowed',
    async (host) => {
      const before = asked;
      expect(await post(`http://${host}:${port}/`)).toContain('is no public address');
      expect(asked).toBe(before);
    },
  );

  it('is reached where it is allowed, and says what it answered', async () => {
    expect(await post(`http://127.0.0.1:${port}/`, true)).toBeUndefined();
    expect(await post(`http://localhost:${port}/no`, true)).toBe('HTTP 503');
  });

  it('leads nowhere else', async () => {
    const before = asked;
    expect(await post(`http://127.0.0.1:${port}/away`, true)).toBe('HTTP 307');
    expect(asked).toBe(before + 1);
  });

  it('is what the name stands for when it is connected to, not before', async () => {
    const before = asked;
    const rebound = createHookPost(
      `http://ops.example:${port}/`,
      false,
      names(['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1']),
    );
    for (const address of ['127.0.0.1', '127.0.0.1', '::ffff:127.0.0.1']) {
      expect(await rebound(MESSAGE)).toBe(
        `ops.example (${address}) is no public address; if it is meant, set PAYOUTS_HOOK_ALLOW_PRIVATE=true`,
      );
    }
    expect(asked).toBe(before);
  });
});
