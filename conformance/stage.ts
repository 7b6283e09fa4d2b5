import type { AccountId } from '../domain/ids.js';
import type { Provider } from '../providers/provider.js';
import type { ProviderRegistration } from '../providers/registration.js';
import { reserveGateway, startEngine, type ConformanceEngine } from './engine.js';
import type { Surroundings } from './subject.js';

/** What the stage asks of a provider's side that runs. */
interface Side<Role extends string> {
  readonly accounts: Partial<Readonly<Record<Role, unknown>>>;
  stop(): Promise<void>;
}

/** One provider's side that runs, and how the engine names its accounts. */
export interface Part<Role extends string, Started> {
  readonly started: Started;
  readonly surroundings: Surroundings<Role>;
}

/** One engine, and the sides of the provider that it talks to: as documented, and one for each variant. */
export interface Stage<Role extends string, Made extends Provider, Variant, Started> {
  readonly engine: ConformanceEngine;
  readonly accounts: ReadonlyMap<AccountId, { readonly provider: Made }>;
  readonly base: Part<Role, Started>;
  readonly varied: readonly { readonly variant: Variant; readonly part: Part<Role, Started> }[];
  /** Stops what was started; what is under way breaks off. */
  readonly stop: () => Promise<void>;
}

/** Starts all of it, or, where one part does not start, nothing. */
export async function openStage<
  Role extends string,
  Made extends Provider,
  Variant,
  Started extends Side<Role>,
>(asked: {
  readonly registration: ProviderRegistration<Made>;
  readonly roles: readonly Role[];
  readonly variants: readonly Variant[];
  readonly start: (surroundings: Surroundings<Role>, variant?: Variant) => Promise<Started>;
  /** Gets the engine's log lines. */
  readonly logFile: string;
  readonly databaseUrl?: string | undefined;
}): Promise<Stage<Role, Made, Variant, Started>> {
  const { registration, roles, variants, logFile, databaseUrl } = asked;
  const gateway = await reserveGateway();
  const parts: Part<Role, Started>[] = [];
  let running: ConformanceEngine | undefined;
  const stop = async (): Promise<void> => {
    await running?.stop();
    await gateway.release();
    for (const { started } of parts) await started.stop();
  };

  async function startPart(prefix: string, variant?: Variant): Promise<Part<Role, Started>> {
    const surroundings: Surroundings<Role> = {
      accountId: (role) => `${prefix}-${role}` as AccountId,
      returnUrl: (account, orderNumber) => `${gateway.url}/return/${account}/${orderNumber}`,
      callbackUrl: (account) => `${gateway.url}/callbacks/${account}`,
    };
    const part = { surroundings, started: await asked.start(surroundings, variant) };
    parts.push(part);
    return part;
  }

  function accountsOf({ surroundings, started }: Part<Role, Started>) {
    return roles
      .filter((role) => started.accounts[role] !== undefined)
      .map((role) => {
        const account = surroundings.accountId(role);
        return [account, { provider: registration.create(account, started.accounts[role]) }] as const;
      });
  }

  try {
    const base = await startPart(registration.name);
    const varied: { readonly variant: Variant; readonly part: Part<Role, Started> }[] = [];
    for (const [index, variant] of variants.entries()) {
      varied.push({ variant, part: await startPart(`v${index}`, variant) });
    }
    const accounts = new Map(parts.flatMap(accountsOf));
    const engine = (running = await startEngine({ accounts, gateway, logFile, databaseUrl }));
    return { engine, accounts, base, varied, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
