import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { holdPort } from '../../embedded/free-port.js';

const IP = '127.0.0.1';

it('holds a port against everybody, and gives it free at once though somebody has called it', async () => {
  const held = await holdPort(IP);
  await expect(holdPort(IP, held.port)).rejects.toThrow(`${IP}:${held.port} is in use by another process`);
  const early = connect(held.port, IP).on('error', () => undefined);
  await once(early, 'close');

  await held.release();
  await held.release();
  const server = createServer().listen(held.port, IP);
  await once(server, 'listening');
  server.close();
});

it('takes none that an outgoing connection could get', async () => {
  const held = await Promise.all(Array.from({ length: 50 }, () => holdPort(IP)));
  for (const { port, release } of held) {
    expect(port).toBeLessThan(32_768);
    await release();
  }
});
