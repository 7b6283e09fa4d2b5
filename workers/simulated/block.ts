import { z } from 'zod';

/** The type checker refuses a table that lacks one of the simulator's options, so that none is forgotten. */
export type Table<Options> = Record<keyof Options, z.ZodType>;

export const milliseconds = z
  .number()
  .int()
  .min(0)
  .max(86_400_000 * 7);
export const minorUnits = z.number().int().min(0);

type Read<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

export interface SimulatorBlock<
  Login extends z.ZodRawShape,
  Variant extends z.ZodRawShape,
  Server extends z.ZodRawShape,
> {
  /** Of the whole block. */
  readonly schema: z.ZodType;
  partsOf(block: unknown): {
    readonly login: Read<Login>;
    readonly variant: Read<Variant>;
    readonly server: Read<Server>;
  };
}

/**
 * An account's `simulator` block, by whom its fields concern: the account alone, how the provider behaves towards it,
 * or the whole server (accounts that differ in the latter cannot share one).
 */
export function defineBlock<
  Login extends z.ZodRawShape,
  Variant extends z.ZodRawShape,
  Server extends z.ZodRawShape,
>(shapes: {
  readonly login: Login;
  readonly variant: Variant;
  readonly server: Server;
}): SimulatorBlock<Login, Variant, Server> {
  const login = z.object(shapes.login);
  const variant = z.object(shapes.variant);
  const server = z.object(shapes.server);
  return {
    schema: z.strictObject({ ...shapes.login, ...shapes.variant, ...shapes.server }),
    partsOf: (block: unknown = {}) => ({
      login: login.parse(block),
      variant: variant.parse(block),
      server: server.parse(block),
    }),
  };
}
