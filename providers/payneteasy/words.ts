/** A code, stage or reference of the provider's as it is: short, of letters and digits, and nothing that we sent. */
export function plainCode(text: string | undefined, known: readonly string[]): string | undefined {
  if (text === undefined || !/^[\w.-]{1,64}$/.test(text)) return undefined;
  const lower = text.toLowerCase();
  const parts = lower.split(/[_.-]/);
  const repeats = known.some((given) => {
    const value = given.trim().toLowerCase();
    // A year may stand within a reference by chance; an account number does not.
    return value.length >= 6 ? lower.includes(value) : value.length >= 3 && [lower, ...parts].includes(value);
  });
  return repeats ? undefined : text;
}

/** Fields with somebody's name in full, of which a part alone tells too much. */
const PERSONS = ['account_name', 'card_printed_name', 'first_name', 'last_name', 'firstName', 'lastName'];

/** What of a payout must not come back in words: where the money goes, to whom, and what only this provider asks. */
export function confidential(payout: {
  readonly destination: object;
  readonly recipient?: object | undefined;
  readonly providerFields?: object | undefined;
}): readonly string[] {
  const fields: [string, unknown][] = [
    ...Object.entries(payout.destination),
    ...Object.entries(payout.recipient ?? {}),
    ...Object.entries(payout.providerFields ?? {}),
  ];
  return fields.flatMap(([name, value]) => {
    if (name === 'type' || typeof value !== 'string') return [];
    return PERSONS.includes(name) ? [value, ...value.split(/[\s,.]+/)] : [value];
  });
}
