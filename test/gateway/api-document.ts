import type { Permission } from '../../domain/roles.js';
import type { Needs } from '../../gateway/needs.js';
import type { Harness } from './harness.js';

/** One operation under /v1, as /openapi.json has it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With `{names}` in the place of what is named. */
  readonly path: string;
  readonly needs: Needs;
  readonly query: readonly { readonly name: string; readonly required: boolean; readonly example: unknown }[];
  /** A body that fits its schema; absent where it takes none. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  readonly takesMerchantInBody: boolean;
}

/** One way to ask for an operation: which permission that takes, and by which body. */
export interface Way {
  readonly permission: Permission;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

interface Schema {
  readonly $ref?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Described {
  readonly operationId: string;
  readonly 'x-needs'?: Needs;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

/** Every operation that takes a key; one that does not say what it needs is a mistake. */
export async function operationsOf(gateway: Harness): Promise<readonly Operation[]> {
  const document = (await gateway.ask('GET', '/openapi.json')).json as unknown as Document;
  const resolve = ({ $ref, ...schema }: Schema): Schema =>
    $ref === undefined ? schema : resolve(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path.startsWith('/v1/'))
      .map(([method, described]) => {
        const needs = described['x-needs'];
        if (needs === undefined) throw new Error(`${method} ${path} does not say what it needs`);
        const body =
          described.requestBody && resolve(described.requestBody.content['application/json']?.schema ?? {});
        const parameters = described.parameters ?? [];
        return {
          id: described.operationId,
          method: method.toUpperCase(),
          path,
          needs,
          query: parameters
            .filter((one) => one.in === 'query')
            .map(({ name, required = false, schema }) => ({ name, required, example: schema.examples?.[0] })),
          body: body && (body.examples?.[0] as Operation['body']),
          takesMerchantInBody: body?.properties?.['merchant'] !== undefined,
        };
      }),
  );
}

export function waysOf({ needs, body }: Operation): readonly Way[] {
  if (typeof needs === 'string') return [{ permission: needs, body }];
  return Object.entries(needs.words).map(([word, permission]) => ({
    permission,
    body: { ...body, [needs.field]: word },
  }));
}
