/** Which API requests arrived, whatever became of them: never an account or card number. */
export const COMMANDS = [
  'payout',
  'payout-by-ref',
  'payout-check',
  'payout-pay',
  'status',
  'get-balance',
] as const;
export type Command = (typeof COMMANDS)[number];

/** Requests that make or move something; the others only ask. */
export const MONEY_COMMANDS: readonly Command[] = ['payout', 'payout-by-ref', 'payout-check', 'payout-pay'];

/** What an arriving request says of itself, before any check. */
export interface RequestInfo {
  readonly command: Command;
  readonly login?: string | undefined;
  readonly clientOrderId?: string | undefined;
}

export interface SeenRequest extends RequestInfo {
  /** Epoch ms. */
  readonly at: number;
}

export interface RequestCounts extends Readonly<Record<Command, number>> {
  /** All of those that could move money. */
  readonly money: number;
}

export interface RequestLog {
  record(info: RequestInfo): void;
  /** In order of arrival. */
  of(clientOrderId: string | undefined, login: string | undefined): SeenRequest[];
  clear(): void;
}

export function createRequestLog(): RequestLog {
  let seen: SeenRequest[] = [];
  return {
    record: (info) => {
      seen.push({ ...info, at: Date.now() });
    },
    of: (clientOrderId, login) =>
      seen.filter(
        (request) =>
          (clientOrderId === undefined || request.clientOrderId === clientOrderId) &&
          (login === undefined || request.login === login),
      ),
    clear: () => {
      seen = [];
    },
  };
}

export function countsOf(requests: readonly SeenRequest[]): RequestCounts {
  const counts = Object.fromEntries(COMMANDS.map((command) => [command, 0])) as Record<Command, number>;
  for (const { command } of requests) counts[command] += 1;
  const money = MONEY_COMMANDS.reduce((sum, command) => sum + counts[command], 0);
  return { ...counts, money };
}
