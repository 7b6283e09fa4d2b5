import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type ConnectionLike,
  type ConnectionOptions,
  type WorkflowHandle,
} from '@temporalio/client';
import {
  EngineUnavailableError,
  PayoutConflictError,
  PayoutInvalidError,
  PayoutNotFoundError,
} from './errors.js';
import type { PayoutClient } from './payout-client.js';
import { sealingKeysFrom, type SealingSource } from './sealing-source.js';
import { sealRequest, type Outgoing } from './seal-request.js';
import { payoutStartOptions } from './start-options.js';
import { lazyTemporalConnection, type TemporalConnection } from './temporal-connection.js';
import { toPayoutError } from './temporal-errors.js';
import { describeDestination } from '../domain/destination.js';
import { workflowIdOf, type PayoutKey } from '../domain/ids.js';
import { sameMoney } from '../domain/money.js';
import type { Payout } from '../domain/payout.js';
import { isFinal } from '../domain/payout-status.js';
import { parsePayoutKey } from '../schemas/payout-key.js';
import { parsePayoutRequest } from '../schemas/payout-request.js';
import type { FingerprintKey } from '../secrets/fingerprint.js';
import {
  cancelUpdate,
  createUpdate,
  PAYOUT_WORKFLOW,
  payoutQuery,
  resolveUpdate,
  type CreateResult,
} from '../workflows/messages.js';

export interface PayoutClientOptions {
  /** An open connection; the caller closes it. */
  readonly connection?: ConnectionLike | undefined;
  /** Or an address to connect to. @default 'localhost:7233' */
  readonly address?: string | undefined;
  /** With more than the address: TLS, an API key (Temporal Cloud). */
  readonly connectionOptions?: ConnectionOptions | undefined;
  /** @default 'default' */
  readonly namespace?: string | undefined;
  /** Where the public key comes from that card numbers are sealed with. */
  readonly sealing: SealingSource;
  /**
   * The engine's fingerprint key, for trusted callers: repeats of a card payout are then recognised by Temporal's own
   * record, also after the payout has ended. Without it a worker compares the sealed cards while the payout runs.
   */
  readonly fingerprintKey?: FingerprintKey | undefined;
  /** How long one call may take, in ms. `create` waits for the provider's first answer. @default 90_000 */
  readonly callTimeoutMs?: number | undefined;
}

/**
 * Connects to the engine.
 *
 * @example
 * const payouts = await createPayoutClient({ address: 'localhost:7233', sealing: { gatewayUrl: 'http://localhost:7400' } });
 * const payout = await payouts.create({
 *   merchant: 'acme', payoutId: 'bonus-17', account: 'acme-a2p', amount: { minor: 150_000, currency: 'RUB' },
 *   destination: { type: 'card', number: '2200000000000004' },
 * });
 * if (payout.status === 'action_required') redirect(payout.action.url);
 * const settled = await payouts.wait(payout);
 *
 * @throws EngineUnavailableError if Temporal does not answer at the address
 */
export async function createPayoutClient(options: PayoutClientOptions): Promise<PayoutClient> {
  const { namespace = 'default', callTimeoutMs = 90_000, fingerprintKey } = options;
  const { connection, close } = options.connection
    ? { connection: options.connection, close: async () => undefined }
    : await connect({ address: options.address ?? 'localhost:7233', ...options.connectionOptions });
  const temporal = new Client({ connection, namespace });
  const sealingKeys = sealingKeysFrom(options.sealing);

  return {
    async create(input) {
      const parsed = parsePayoutRequest(input);
      if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
      const outgoing = await sealRequest(parsed.request, sealingKeys, fingerprintKey);
      return calling(outgoing.request, () => start(outgoing));
    },

    get: (input) => {
      const key = keyOf(input);
      return calling(key, () => view(key));
    },

    async wait(input, { timeoutMs, until = 'settled' } = {}) {
      const key = keyOf(input);
      const deadline = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
      const stop = new AbortController();
      let over = false;
      const ended = connection
        .withAbortSignal(stop.signal, () => handleOf(key).result())
        .catch(() => undefined)
        .then(() => (over = true));
      try {
        for (let pause = 250; ; pause = Math.min(pause * 1.5, 5_000)) {
          // A run that ended without a final state was terminated by hand: there is nothing more to wait for.
          const nothingMore = over;
          const payout = await calling(key, () => view(key));
          const answered = until === 'answered' && payout.status === 'action_required';
          if (isFinal(payout.status) || payout.status === 'in_review' || answered || nothingMore) {
            return payout;
          }
          const left = deadline - Date.now();
          if (left <= 0) return payout;
          await Promise.race([ended, sleep(Math.min(pause, left), undefined, { signal: stop.signal })]);
        }
      } finally {
        stop.abort();
      }
    },

    async cancel(input, command) {
      const key = keyOf(input);
      const answer = await commanding(key, () =>
        handleOf(key).executeUpdate(cancelUpdate, { args: [command] }),
      );
      return 'ended' in answer ? { cancelled: false, ...tooLate(answer.ended) } : answer;
    },

    async resolve(input, command) {
      const key = keyOf(input);
      const answer = await commanding(key, () =>
        handleOf(key).executeUpdate(resolveUpdate, { args: [command] }),
      );
      return 'ended' in answer ? { resolved: false, ...tooLate(answer.ended) } : answer;
    },

    close,
  };

  function handleOf(key: PayoutKey): WorkflowHandle {
    return temporal.workflow.getHandle(workflowIdOf(key));
  }

  async function calling<T>(key: PayoutKey, call: () => Promise<T>): Promise<T> {
    try {
      return await connection.withDeadline(Date.now() + callTimeoutMs, call);
    } catch (error) {
      throw toPayoutError(error, key);
    }
  }

  /** An ended payout takes no commands any more, which is an answer and no error. */
  function commanding<T>(key: PayoutKey, command: () => Promise<T>): Promise<T | { ended: Payout }> {
    return calling(key, async () => {
      try {
        return await command();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return { ended: await view(key) };
      }
    });
  }

  async function view(key: PayoutKey): Promise<Payout> {
    const payout = await handleOf(key).query(payoutQuery);
    if (!payout) {
      throw new PayoutNotFoundError(`${key.merchant}/${key.payoutId} was refused and never became a payout`);
    }
    return payout;
  }

  async function start(outgoing: Outgoing): Promise<Payout> {
    const { request, contentId } = outgoing;
    const operation = new WithStartWorkflowOperation(PAYOUT_WORKFLOW, {
      ...payoutStartOptions(request),
      args: [{ request }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      // A refused request fails its run and leaves the id free; any other end keeps it (design rule 7).
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    operation.workflowHandle().catch(() => undefined);
    try {
      const result = await temporal.workflow.executeUpdateWithStart(createUpdate, {
        updateId: `create-${contentId}`,
        args: [{ request }],
        startWorkflowOperation: operation,
      });
      return payoutIn(result);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      return endedEarlier(outgoing);
    }
  }

  /** The payout has ended and this call is no repeat of one that Temporal remembers by its content. */
  async function endedEarlier({ request, exact }: Outgoing): Promise<Payout> {
    const original = await view(request);
    const looksEqual =
      !exact &&
      original.account === request.account &&
      sameMoney(original.amount, request.amount) &&
      original.destination === describeDestination(request.destination);
    if (!looksEqual) throw new PayoutConflictError(original);
    return original;
  }
}

function tooLate(payout: Payout): { why: string; payout: Payout } {
  return { why: `It has ended: ${payout.status}`, payout };
}

function payoutIn(result: CreateResult): Payout {
  switch (result.kind) {
    case 'payout':
      return result.payout;
    case 'refused':
      throw new PayoutInvalidError(result.problems);
    case 'conflict':
      throw new PayoutConflictError(result.original);
  }
}

function keyOf(input: { readonly merchant: string; readonly payoutId: string }): PayoutKey {
  const parsed = parsePayoutKey(input);
  if (!parsed.ok) throw new PayoutInvalidError(parsed.problems);
  return parsed.key;
}

async function connect(options: ConnectionOptions): Promise<TemporalConnection> {
  const own = lazyTemporalConnection({ connectTimeout: '5s', ...options });
  try {
    await own.connection.ensureConnected();
    return own;
  } catch (cause) {
    await own.close();
    throw new EngineUnavailableError(
      `No Temporal server answers at ${options.address}. Start one (payouts up), or give the right address (TEMPORAL_ADDRESS)`,
      { cause },
    );
  }
}
