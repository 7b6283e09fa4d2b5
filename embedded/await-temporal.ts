import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

export interface AwaitOptions {
  readonly host: string;
  readonly port: number;
  readonly namespace: string;
  /** Resolves only when all of these can be searched. */
  readonly searchAttributes: readonly string[];
  readonly timeoutMs: number;
  /** True stops the waiting: the process has ended. */
  readonly hasEnded: () => boolean;
}

/** Waits until the server really answers for the namespace and its search attributes. False if it never does. */
export async function awaitTemporal(options: AwaitOptions): Promise<boolean> {
  const { host, port, hasEnded } = options;
  const until = Date.now() + options.timeoutMs;
  const over = (): boolean => hasEnded() || Date.now() > until;
  // Not by gRPC yet: after a refused connection it would wait a whole second before it tries again.
  while (!(await accepts(host, port))) {
    if (over()) return false;
    await sleep(50);
  }
  const connection = Connection.lazy({ address: `${host}:${port}` });
  try {
    while (!(await connection.withDeadline(Date.now() + 2_000, () => isReady(connection, options)))) {
      if (over()) return false;
      await sleep(50);
    }
    return true;
  } finally {
    await connection.close();
  }
}

async function isReady(
  connection: Connection,
  { namespace, searchAttributes }: AwaitOptions,
): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return searchAttributes.every((name) => Object.hasOwn(customAttributes ?? {}, name));
  } catch {
    return false;
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const answer = (yes: boolean) => (): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
  });
}
