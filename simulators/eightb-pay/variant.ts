/**
 * How the provider behaves where its document leaves it open. Each field is one open question of 8b.world /pay §11 or
 * one assumption; a shop may have its own answers.
 */
export interface Variant {
  // Requests
  /** §11.6. @default 'md5' */
  readonly signAlgorithm: 'md5' | 'sha256';
  /** §11.7. @default ['EUR', 'USD', 'UZS'] */
  readonly currencies: readonly string[];
  /** Are the first ten fields required (§11.7)? @default true */
  readonly requiredFields: boolean;
  /** The zone of `expiration` and of report times, as an offset (§11.5). @default '+00:00' */
  readonly zone: string;
  /**
   * A second `/pay` with a known reference (§11.2). `sameBody`: the same session for the same body, else a failure.
   * `refuse`: always a failure. `newSession`: another page for the same order. @default 'sameBody'
   */
  readonly sameReference: 'sameBody' | 'refuse' | 'newSession';

  // Payments
  /** A success holds the money, to be completed or voided (§6). @default false */
  readonly twoStage: boolean;
  /** `charges`: an acquirer that does not know `verification_flag` (§4.1). @default 'supported' */
  readonly verification: 'supported' | 'charges';
  /** Can one order be paid twice, from two tabs (§6)? @default 'prevented' */
  readonly doubleCharge: 'prevented' | 'possible';
  /** `UAH`: charged in hryvnias, 40 for one; partial refunds are in them (§4.4). @default 'same' */
  readonly systemCurrency: 'same' | 'UAH';

  // How answers are written
  /** A line break in `data` after so many characters, and at its end; 0: none (§3.1, V6). @default 0 */
  readonly wrapBase64At: number;
  /** @default 'mixed' */
  readonly statusAs: 'number' | 'string' | 'mixed';
  /** @default 'number' */
  readonly idAs: 'number' | 'string';
  /** @default 'string' */
  readonly amountAs: 'number' | 'string';
  /** Does an answer's transaction carry `api_key`? A callback's always does. @default true */
  readonly apiKeyInItems: boolean;
  /** Does the answer to `/pay` carry `shop_api_key`? @default true */
  readonly echoKey: boolean;
  /** `success: false` with `data` and `sign` beside it. @default 'unsigned' */
  readonly failures: 'unsigned' | 'signed';
  /** Where the words of a failure stand (§11.4). @default 'both' */
  readonly errorFields: 'both' | 'error' | 'error_msg';
  /** The HTTP status of a failure (§11.4). @default 200 */
  readonly failureStatus: 200 | 400 | 422;
  /** What a wrong signature is answered (§11.4). @default 403 */
  readonly badSignStatus: 403 | 200;
  /** An unknown order's status: no items, or a failure (§4.2). @default 'empty' */
  readonly unknownOrder: 'empty' | 'failure';
  /** The label on JSON. @default 'json' */
  readonly contentType: 'json' | 'html';

  // The report
  /** Not in `data`, and not signed (§4.3). @default false */
  readonly plainReport: boolean;
  /** @default 1000 */
  readonly reportPageSize: number;

  // Callbacks
  /** What counts as acknowledged: the body `OK` with HTTP 2xx, or HTTP 2xx alone (§5). @default 'body' */
  readonly acknowledgement: 'body' | 'status';
  /** Off: none is sent, whatever address is known. @default 'on' */
  readonly callbacks: 'on' | 'off';
}

export type VariantChanges = { readonly [Name in keyof Variant]?: Variant[Name] | undefined };

/** Every field with its default; its names are all the names there are. */
export const EIGHTB_PAY_DEFAULTS: Variant = {
  signAlgorithm: 'md5',
  currencies: ['EUR', 'USD', 'UZS'],
  requiredFields: true,
  zone: '+00:00',
  sameReference: 'sameBody',
  twoStage: false,
  verification: 'supported',
  doubleCharge: 'prevented',
  systemCurrency: 'same',
  wrapBase64At: 0,
  statusAs: 'mixed',
  idAs: 'number',
  amountAs: 'string',
  apiKeyInItems: true,
  echoKey: true,
  failures: 'unsigned',
  errorFields: 'both',
  failureStatus: 200,
  badSignStatus: 403,
  unknownOrder: 'empty',
  contentType: 'json',
  plainReport: false,
  reportPageSize: 1_000,
  acknowledgement: 'body',
  callbacks: 'on',
};

/** `base` with what `changes` says; a field left undefined changes nothing. */
export function varied(base: Variant, changes: VariantChanges = {}): Variant {
  const given = Object.entries(changes).filter(
    ([name, value]) => name in EIGHTB_PAY_DEFAULTS && value !== undefined,
  );
  return { ...base, ...(Object.fromEntries(given) as Partial<Variant>) };
}
