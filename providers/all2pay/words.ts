/** What of an order must not come back in words. */
export function confidential(order: {
  readonly destination: object;
  readonly source?: object | undefined;
  readonly recipient?: object | undefined;
}): readonly string[] {
  const fields: [string, unknown][] = [
    ...Object.entries(order.destination),
    ...Object.entries(order.source ?? {}),
    ...Object.entries(order.recipient ?? {}),
  ];
  return fields.flatMap(([name, value]) => (name !== 'type' && typeof value === 'string' ? [value] : []));
}
