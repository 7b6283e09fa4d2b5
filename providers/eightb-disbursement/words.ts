interface Confided {
  readonly destination: object;
  readonly recipient?: object | undefined;
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
}

/** What of an order must not come back in words. */
export function confidential({ destination, recipient, providerFields }: Confided): readonly string[] {
  const { destination: _direction, ...extras } = providerFields ?? {};
  const fields: [string, unknown][] = [
    ...Object.entries(destination),
    ...Object.entries(recipient ?? {}),
    ...Object.entries(extras),
  ];
  // A wallet's scheme and a currency are nobody's secret, and blotting them out would hide what is wrong.
  return fields.flatMap(([name, value]) =>
    !['type', 'scheme', 'payout_currency', 'card_currency'].includes(name) && typeof value === 'string'
      ? [value]
      : [],
  );
}
