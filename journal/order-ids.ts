export const ORDER_ID_TAKEN = Symbol('order id taken');

/**
 * Turns the database's refusal of an order id that the other kind holds into a value; any other error goes on.
 *
 * Payouts and stored cards share a provider's namespace (migration 0004). Within one kind `on conflict do nothing`
 * notices a taken order id without an error. The statement failed as a whole, so its own key was free and still is.
 */
export function orderIdTaken(error: unknown): typeof ORDER_ID_TAKEN {
  if (isViolationOf(error, 'order_ids_pkey')) return ORDER_ID_TAKEN;
  throw error;
}

/** 23505: `unique_violation`. */
function isViolationOf(error: unknown, constraint: string): boolean {
  if (!(error instanceof Error && 'code' in error && 'constraint' in error)) return false;
  return error.code === '23505' && error.constraint === constraint;
}
