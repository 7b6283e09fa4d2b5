/**
 * How the provider behaves where its document leaves it open. Each field is one open question; a service may have its own
 * answers. The default is the document's own, confirmed or assumed.
 */

/** What each hash is made of, in order, before the key (8b Disbursement §3.1). */
export interface Recipes {
  readonly payout: readonly string[];
  readonly check: readonly string[];
  readonly callback: readonly string[];
  readonly balance: readonly string[];
  readonly balance_statement: readonly string[];
  readonly payout_reestr: readonly string[];
  readonly notify: readonly string[];
}

export interface Variant {
  // What requests must look like
  /** Changes to the recipes (§3.1). */
  readonly recipes: Partial<Recipes>;
  /** How field names are written, in both directions (§4). @default 'lower' */
  readonly fieldCase: 'lower' | 'upper';
  /** The zone of every date (§4). @default 'UTC' */
  readonly timeZone: string;
  /** Decimals of every amount (§4). @default 2 */
  readonly amountScale: number;
  /** Must `dt` of a check be the payout's (§5.2)? @default 'any' */
  readonly checkDt: 'any' | 'original';
  /** How old `dt` may be, in ms; null: as old as it likes (§12 question 3). @default null */
  readonly dtWindowMs: number | null;
  /** Must the key itself be in every POST, as `secretkey` (§3)? @default 'refused' */
  readonly secretInClear: 'refused' | 'required';

  // Operations
  /** What the same id again gets (§5.1, §9): its status if it is the same request, a refusal, or another payment. @default 'status' */
  readonly existingId: 'status' | 'duplicate' | 'executeAgain';
  /** Is `check` allowed for the service (§5.2: on request only)? @default 'on' */
  readonly check: 'on' | 'off';

  // How answers are written
  /** @default 'NOT FOUND' */
  readonly notFoundToken: 'NOT FOUND' | 'NOT_FOUND' | 'Not found';
  /** `ERROR: text`, `ERROR text` or `ERROR:text` (§5.1). @default 'colon' */
  readonly errorForm: 'colon' | 'bare' | 'tight';
  /** Does a check tell the reason in `error` (§5.2)? @default 'present' */
  readonly errorElement: 'present' | 'absent';
  /** Is `id` echoed in every answer that says how an operation stands, or beside `OK` alone (§5.1)? @default 'always' */
  readonly idEcho: 'always' | 'registered';
  /** @default 'lower' */
  readonly elementCase: 'lower' | 'upper';
  /** @default 'application/xml' */
  readonly contentType: 'application/xml' | 'text/plain';
  /** How a wrong hash or sender is refused (§6, §7). @default 'text' */
  readonly securityReply: 'text' | 'http400';
  /** How a bad field is refused (§6, §7). @default 'text' */
  readonly parameterReply: 'text' | 'http403';
  /** How a Service_ID that nobody has is refused (§6, §7). @default 'text' */
  readonly unknownService: 'text' | 'http404';

  // Callbacks (§5.7)
  /** Off: none is sent, whatever address is known. @default 'on' */
  readonly callbacks: 'on' | 'off';
  /** What acknowledges a callback. @default 'OK' */
  readonly ack: 'OK' | 'json';
  /** Is `dt` the operation's, or each sending's? @default 'operation' */
  readonly callbackDt: 'operation' | 'sending';

  // Lists
  /** Does a movement's comment name the operation (§5.4)? @default 'id' */
  readonly statementComment: 'id' | 'plain';
  /** Where the registry's format is said (§5.5). @default 'query' */
  readonly registryTypeIn: 'query' | 'path';
  /** @default ',' */
  readonly registryDelimiter: ',' | ';';
  /** What the registry's columns are called, where it is not as §5.5 assumes. */
  readonly registryColumns: Readonly<Record<string, string>>;
}

export type VariantChanges = { readonly [Name in keyof Variant]?: Variant[Name] | undefined };

/** §3.1. */
export const RECIPES: Recipes = {
  payout: ['id', 'dt', 'amount', 'phone', 'client', 'destination'],
  check: ['id', 'dt', 'amount', 'destination'],
  callback: ['id', 'dt', 'amount', 'result', 'destination'],
  balance: ['dt'],
  balance_statement: ['dt_start', 'dt_end'],
  payout_reestr: ['dt_start', 'dt_end'],
  notify: ['id', 'dt'],
};

/** Every field with its default; its names are all the names there are. */
export const EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS: Variant = {
  recipes: {},
  fieldCase: 'lower',
  timeZone: 'UTC',
  amountScale: 2,
  checkDt: 'any',
  dtWindowMs: null,
  secretInClear: 'refused',
  existingId: 'status',
  check: 'on',
  notFoundToken: 'NOT FOUND',
  errorForm: 'colon',
  errorElement: 'present',
  idEcho: 'always',
  elementCase: 'lower',
  contentType: 'application/xml',
  securityReply: 'text',
  parameterReply: 'text',
  unknownService: 'text',
  callbacks: 'on',
  ack: 'OK',
  callbackDt: 'operation',
  statementComment: 'id',
  registryTypeIn: 'query',
  registryDelimiter: ',',
  registryColumns: {},
};

/** `base` with what `changes` says; a field left undefined changes nothing. */
export function varied(base: Variant, changes: VariantChanges = {}): Variant {
  const given = Object.entries(changes).filter(
    ([name, value]) => name in EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS && value !== undefined,
  );
  return { ...base, ...(Object.fromEntries(given) as Partial<Variant>) };
}
