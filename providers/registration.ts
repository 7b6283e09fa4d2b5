import type { z } from 'zod';
import type { AccountId } from '../domain/ids.js';
import type { Provider } from './provider.js';

/** Something a provider said that its adapter has no words for: counted, never guessed at. No personal data. */
export interface UnmappedAnswer {
  readonly account: AccountId;
  readonly protocol: string;
  /** `list`: a statement or a registry. */
  readonly call: 'money' | 'status' | 'store' | 'balance' | 'list';
  readonly what: 'error' | 'order_status' | 'operation_type' | 'order_type';
  /** The HTTP status. */
  readonly http: number;
  /** The provider's code or word. */
  readonly code: string;
  readonly words?: string | undefined;
}

/** The provider turned our credentials away. For a metric and an alert: a person must look at once. */
export interface LoginRefused {
  readonly account: AccountId;
  readonly protocol: string;
  /** The HTTP status. */
  readonly http: number;
  /** For how long the adapter sends nothing more that needs a login, in ms; 0 where it goes on. */
  readonly pausedMs: number;
}

/** What an adapter takes from outside; all of it has defaults. */
export interface ProviderDeps {
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** For a metric and an alert. @default nothing happens */
  readonly onUnmapped?: ((answer: UnmappedAnswer) => void) | undefined;
  /** For a metric and an alert. @default nothing happens */
  readonly onLoginRefused?: ((refusal: LoginRefused) => void) | undefined;
}

/** One protocol, as the registry lists it. */
export interface ProviderRegistration<Made extends Provider = Provider> {
  readonly name: string;
  /** Of one account's settings, secrets already resolved. Parsing its own output changes nothing. */
  readonly configSchema: z.ZodType;
  /**
   * The fields that an accounts file must give by reference (environment variable or file), never as text; dotted
   * where they lie deeper: `signing.passphrase`.
   */
  readonly secretFields: readonly string[];
  /** Parses `config` by the schema, so that a bad one throws zod's error here. */
  create(account: AccountId, config: unknown, deps?: ProviderDeps): Made;
}

/** The names of an object's fields, and `field.inner` for those of the objects in it. */
type FieldPath<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends Readonly<Record<string, unknown>>
    ? K | `${K}.${keyof NonNullable<T[K]> & string}`
    : K;
}[keyof T & string];

interface Definition<Schema extends z.ZodType, Made extends Provider> {
  readonly name: string;
  readonly configSchema: Schema;
  readonly secretFields: readonly FieldPath<z.output<Schema>>[];
  readonly create: (account: AccountId, config: z.output<Schema>, deps: ProviderDeps) => Made;
}

/** Ties a provider's schema to its factory, and forgets the type of the settings for whoever lists providers. */
export function defineProvider<Schema extends z.ZodType, Made extends Provider>(
  definition: Definition<Schema, Made>,
): ProviderRegistration<Made> {
  return {
    name: definition.name,
    configSchema: definition.configSchema,
    secretFields: definition.secretFields,
    create: (account, config, deps = {}) =>
      definition.create(account, definition.configSchema.parse(config), deps),
  };
}
