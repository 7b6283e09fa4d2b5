import { connect, createServer, type Socket } from 'node:net';
import { startSwitchable, tie, type SwitchableServer } from '../../test/support/switchable-server.js';
import type { JournalCut } from '../plan/schedule.js';

/** The way to the journal's database. */
export interface JournalProxy extends SwitchableServer {
  /** The next statement on any connection meets this, and its connection ends. */
  cut(how: JournalCut): void;
}

/** Starts the way on a free port of this host. It is up. */
export async function startJournalProxy(targetPort: number): Promise<JournalProxy> {
  const waiting: JournalCut[] = [];
  const way = await startSwitchable(() =>
    createServer((client) => lead(client, targetPort, () => waiting.shift())),
  );
  return { ...way, cut: (how) => void waiting.push(how) };
}

function lead(client: Socket, targetPort: number, nextCut: () => JournalCut | undefined): void {
  const target = connect({ port: targetPort, host: '127.0.0.1' });
  tie(client, target);
  let cut: JournalCut | undefined;
  let isOpened = false;
  const breakOff = (): void => void client.resetAndDestroy();
  client.on('data', (statement: Buffer) => {
    // The first words open the connection: they are no statement.
    if (isOpened) cut ??= nextCut();
    isOpened = true;
    if (cut === 'before') return breakOff();
    target.write(statement);
  });
  target.on('data', (result: Buffer) => {
    if (cut === undefined) return void client.write(result);
    // The server has done what it was told to before it answers.
    if (cut === 'after') return breakOff();
    client.write(result.subarray(0, Math.floor(result.length / 2)), breakOff);
  });
}
