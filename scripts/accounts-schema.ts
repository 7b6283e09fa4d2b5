/** The JSON Schema of the accounts file, made of the very schemas that read it. */
import { z } from 'zod';
import { entrySchema } from '../config/account-entry.js';
import type { ConfigurableProtocol } from '../config/account-settings.js';
import { ACCOUNT_PATTERN } from '../domain/ids.js';
import type { FieldDoc } from './docs-of-settings.js';

/** As much of JSON Schema (draft 7, which editors understand) as zod makes of our schemas. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly [keyword: string]: unknown;
}

/** What the fields of a provider's settings and of its simulator's block mean, by dotted path. */
export interface ProviderDocs {
  readonly settings: Docs;
  readonly simulator: Docs;
}

export type Docs = ReadonlyMap<string, FieldDoc>;

const ENTRY_DOCS: Docs = new Map(
  Object.entries({
    provider: 'Which protocol the account speaks; it decides which settings there are.',
    merchants: 'Who may pay from it. Left out: every merchant.',
    callbackIps:
      'Addresses and networks that its callbacks may come from; others are refused. Left out: any.',
    rateLimit: 'How fast we call the provider, over all workers together. Left out: as fast as we can.',
    'rateLimit.callsPerSecond': 'Calls of every kind, status queries included; 0.5 is one every two seconds.',
    reviewPoll:
      'How often the provider is asked while a payout is in review: a proof ends the review. Empty: never. Payouts only.',
    'reviewPoll.*.delayMs': 'Wait so long before a question, in ms …',
    'reviewPoll.*.times': '… so many times over.',
    settings: 'Where the provider is, the credentials, and how this account differs from the usual.',
    simulator: 'Asks "payouts up", the demo and tests to play the provider for this account, and says how.',
  }).map(([path, words]) => [path, { words }]),
);

const REFERENCE: JsonSchema = {
  description: 'Where the value is: it is read when the process starts.',
  anyOf: [
    {
      type: 'object',
      properties: {
        env: { type: 'string', minLength: 1, description: 'The name of an environment variable.' },
      },
      required: ['env'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        file: {
          type: 'string',
          minLength: 1,
          description:
            'The path of a file that holds nothing else; a relative one starts at this file’s folder.',
        },
      },
      required: ['file'],
      additionalProperties: false,
    },
  ],
};

/** A schema as zod tells it, with our comments. */
export function jsonSchemaOf(schema: z.ZodType, docs: Docs): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return described(json as JsonSchema, [], docs);
}

export function accountsSchema(
  protocols: Readonly<Record<string, ConfigurableProtocol>>,
  docsOf: (provider: string) => ProviderDocs,
): JsonSchema {
  const names = Object.keys(protocols);
  const entry = jsonSchemaOf(entrySchema, ENTRY_DOCS);
  const definitions: Record<string, JsonSchema> = { reference: REFERENCE };
  const perProvider = Object.values(protocols).map(
    ({ name, configSchema, secretFields, simulatorSchema }) => {
      const docs = docsOf(name);
      definitions[`${name}Settings`] = withReferences(
        jsonSchemaOf(configSchema, docs.settings),
        secretFields,
      );
      if (simulatorSchema) definitions[`${name}Simulator`] = jsonSchemaOf(simulatorSchema, docs.simulator);
      return {
        if: { properties: { provider: { const: name } }, required: ['provider'] },
        then: {
          properties: {
            settings: { $ref: `#/definitions/${name}Settings` },
            simulator: simulatorSchema ? { $ref: `#/definitions/${name}Simulator` } : false,
          },
          required: ['settings'],
        },
      };
    },
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Accounts file of the payout engine',
    description: 'The accounts that payouts are made from. Explained in docs/accounts.md.',
    type: 'object',
    properties: {
      accounts: {
        description:
          'By id: what payouts name as their account, and part of callback addresses. Never rename one.',
        type: 'object',
        propertyNames: { pattern: ACCOUNT_PATTERN.source },
        additionalProperties: {
          ...entry,
          properties: {
            ...entry.properties,
            provider: { ...entry.properties?.['provider'], enum: names },
            // What is in them is the provider's business: below.
            settings: { type: 'object', ...wordsFor('settings') },
            simulator: { type: 'object', ...wordsFor('simulator') },
          },
          allOf: perProvider,
        },
      },
    },
    required: ['accounts'],
    additionalProperties: false,
    definitions,
  };
}

function wordsFor(field: string): JsonSchema {
  const words = wordsOf(ENTRY_DOCS.get(field));
  return words === undefined ? {} : { description: words };
}

function described(schema: JsonSchema, path: readonly string[], docs: Docs): JsonSchema {
  const words = wordsOf(docs.get(path.join('.')));
  const { minimum, maximum, ...rest } = schema;
  return mapBelow(
    {
      ...(words === undefined ? {} : { description: words }),
      ...rest,
      // That a whole number is one JavaScript can hold is no news to a reader.
      ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
      ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    },
    // What is said of a list is not said again of what is in it.
    (below, key) => described(below, [...path, key ?? '*'], docs),
  );
}

function wordsOf({ words, standard }: FieldDoc = {}): string | undefined {
  const lines = [words, standard && `Default: ${standard}.`].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : lines.join(' ');
}

/** A secret must be a reference; anything else that is one value may be. */
function withReferences(schema: JsonSchema, secrets: readonly string[], path = ''): JsonSchema {
  const reference = { $ref: '#/definitions/reference' };
  const { description, default: standard, ...value } = schema;
  const about = {
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined ? {} : { default: standard }),
  };
  // Draft 7 ignores what stands beside a $ref.
  if (secrets.includes(path)) return { ...about, allOf: [reference] };
  if (isOneValue(schema)) return { ...about, anyOf: [value, reference] };
  return mapBelow(schema, (below, key) =>
    withReferences(below, secrets, key === undefined ? path : path === '' ? key : `${path}.${key}`),
  );
}

function isOneValue({ type, enum: choice, const: only }: JsonSchema): boolean {
  return (
    choice !== undefined || only !== undefined || (typeof type === 'string' && !/array|object/.test(type))
  );
}

/** @param change is given the name of a property, and undefined for the items of a list or map */
function mapBelow(schema: JsonSchema, change: (below: JsonSchema, key?: string) => JsonSchema): JsonSchema {
  const { properties, items, additionalProperties, anyOf, oneOf } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, below]) => [key, change(below, key)]),
      ),
    }),
    ...(items && { items: change(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: change(additionalProperties) }),
    ...(anyOf && { anyOf: anyOf.map((below) => change(below)) }),
    ...(oneOf && { oneOf: oneOf.map((below) => change(below)) }),
  };
}
