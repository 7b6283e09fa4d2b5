/** One request field of Payneteasy §6.1 and §6.2. */
export interface FieldRule {
  /** Longest value; the configuration may say otherwise (`maxLengths`). */
  readonly max?: number;
  readonly min?: number;
  readonly pattern?: RegExp;
  /** What `pattern` asks for, in words. */
  readonly shape?: string;
  /**
   * `engine`: made from the payout's own fields, so that `providerFields` may not name it. `caller`: given in
   * `providerFields`, unless the payout has a field for it.
   */
  readonly by: 'engine' | 'caller';
}

const ENGINE = { by: 'engine' } as const;
const CALLER = { by: 'caller' } as const;

/** Payneteasy §6.1, §6.2; the lengths are the document's, some of them of its weaker sources. */
export const FIELD_TABLE: Readonly<Record<string, FieldRule>> = {
  client_orderid: { ...ENGINE, max: 128 },
  amount: { ...ENGINE, max: 10 },
  currency: { ...ENGINE, max: 3 },
  order_desc: { ...ENGINE, max: 64 },
  ipaddress: { ...CALLER, min: 7, max: 45 },
  purpose: { ...CALLER, max: 128 },
  server_callback_url: { ...ENGINE, max: 128 },
  notify_url: { ...ENGINE, max: 128 },
  redirect_url: { ...ENGINE, max: 128 },
  account_number: { ...ENGINE, max: 24 },
  bank_name: { ...CALLER, max: 255 },
  bank_branch: { ...CALLER, max: 255 },
  bank_province: { ...CALLER, max: 255 },
  bank_city: { ...CALLER, max: 255 },
  bank_area: { ...CALLER, max: 255 },
  routing_number: { ...CALLER, max: 16 },
  account_name: { ...CALLER, max: 128 },
  first_name: { ...CALLER, max: 50 },
  last_name: { ...CALLER, max: 50 },
  phone: { ...CALLER, max: 15 },
  credit_card_number: ENGINE,
  expire_month: { ...CALLER, pattern: /^(0?[1-9]|1[0-2])$/, shape: 'a month from 1 to 12' },
  expire_year: { ...CALLER, pattern: /^\d{4}$/, shape: 'a year of four digits' },
  card_printed_name: { ...CALLER, max: 128 },
  'destination-card-ref-id': { ...ENGINE, max: 20, pattern: /^\d+$/, shape: 'digits alone' },
};

/** Names beside the table that only the engine may send, or nobody: a verification code is never kept. */
const NEVER_BY_CALLER = ['client-order-id', 'orderid', 'login', 'control', 'cvv', 'cvv2', 'cvc', 'cvc2'];

/** The document's own fields that a caller may give. */
export const CALLER_FIELDS: readonly string[] = Object.entries(FIELD_TABLE)
  .filter(([, { by }]) => by === 'caller')
  .map(([name]) => name);

/** May an account let its callers give this field? */
export function mayBeGiven(name: string): boolean {
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(name) || name.startsWith('oauth_')) return false;
  return !NEVER_BY_CALLER.includes(name) && ruleOf(name)?.by !== 'engine';
}

export function ruleOf(name: string): FieldRule | undefined {
  return Object.hasOwn(FIELD_TABLE, name) ? FIELD_TABLE[name] : undefined;
}
