/**
 * How the provider behaves where its document leaves it open. Each field is one open question; a login may have its own
 * answers. Names are those of All2pay payouts document §15 where it has one.
 */
export type ReturnParam = 'orderId' | 'lang' | 'orderNumber';
export type ThreeDs = 'shortUrl' | 'classic' | 'creq' | 'unsupported';

export interface Variant {
  // What requests must look like
  /** Where the card number stands (§14 I2). @default 'target.pan' */
  readonly panPath: 'target.pan' | 'target.card.pan';
  /** How a card may be given: `seTokenOnly` refuses a readable number (row 6), `panOnly` a token (row 7). @default 'any' */
  readonly cards: 'any' | 'panOnly' | 'seTokenOnly';
  /** The name of the CVV in createSourceBindingId (§14 I5). @default 'cvv' */
  readonly cvvField: 'cvv' | 'cvc';
  /** Row 15 for a payout without `client.name` (§3). @default false */
  readonly requireClientName: boolean;
  /** A regular expression (§3). @default '^[A-Za-z0-9_-]{1,32}$' */
  readonly orderNumberPattern: string;
  /** Row 5 below this many kopecks (§3 minAmount). @default 1 */
  readonly minAmountMinor: number;
  /** Cards whose number starts so are not Russian (row 11). @default ['400000', '555555'] */
  readonly foreignPrefixes: readonly string[];

  // Request signatures (§9)
  /** What is signed: the 44 characters of X-Hash, or the 32 bytes behind them. @default 'base64Text' */
  readonly signatureInput: 'base64Text' | 'rawDigest';
  /** Hash what was received; if not, what is left of it without white space. @default true */
  readonly hashRawBytes: boolean;
  /** What a wrong or missing signature is answered: a row, or 403 in HTML. @default 'row17' */
  readonly badSignatureReply: 'row17' | 'row7' | 'html403';

  // Orders
  /** What a second request with the same orderNumber does (§11.3). @default 'reject400' */
  readonly duplicateOrder: 'reject400' | 'replayStored' | 'executeAgain';
  /** In kopecks. @default 0 */
  readonly feeMinor: number;
  /** Is the fee taken beside the amount, or out of what the recipient gets (§3)? @default 'added' */
  readonly feeMode: 'added' | 'deducted';
  /** An SBP payout is paid at once, or seen as -1, 0 and 7 before that (§6). @default 'sync' */
  readonly sbpStatuses: 'sync' | 'async';

  // The hosted page (§5)
  /** After a decline the person may try once more: the order stays 0, the second try is not declined. @default false */
  readonly formRetries: boolean;
  /** Appended to the return URLs. @default ['orderId', 'lang'] */
  readonly returnParams: readonly ReturnParam[];
  /** What the session's end makes of the order: 6 with -2007, 0 for ever, or row 16 (§10.1). @default 'declined' */
  readonly sessionExpiry: 'declined' | 'registered' | 'rejected';

  // 3-D Secure (§7)
  /** How a challenge is handed out; `unsupported` is row 27. @default 'shortUrl' */
  readonly threeDs: ThreeDs;
  /** Said in every challenge; means nothing (§14 I9). @default false */
  readonly is3DSVer2: boolean;
  /** Does the answer with a challenge carry `orderStatus`? @default 'absent' */
  readonly challengeStatus: 'absent' | '5';
  /** What becomes of a challenge that nobody answers in `timings.threeDsMs`. @default 'declined' */
  readonly challengeExpiry: 'declined' | 'never';

  // Stored cards (§7a)
  /** No source card needs 3DS. @default false */
  readonly frictionlessSourceBinding: boolean;
  /** Source cards whose number starts so never need 3DS. @default ['220070'] */
  readonly frictionlessPrefixes: readonly string[];
  /** The same card for the same client: a new id each time, or the first one again. @default 'new' */
  readonly bindingDedup: 'new' | 'same';
  /** Does getPayoutStatus find a createSourceBindingId? If not, row 9. @default 'supported' */
  readonly sourceBindingStatus: 'supported' | 'notFound';
  /** Where getPayoutStatus puts what it says of a stored card: as the creating method does, or in `target`/`source`. @default 'topLevel' */
  readonly bindingFields: 'topLevel' | 'nested';
  /** What `orderType` says. @default 'byMethod' */
  readonly orderType: 'byMethod' | 'alwaysSource' | 'absent';

  // How answers are written
  /** What a refusal carries beside code and message; an order number and, of a declined order, its status. @default 'orderStatus' */
  readonly errorEnvelope: 'orderStatus' | 'orderNumber' | 'bare';
  /** @default 'number' */
  readonly amountAs: 'number' | 'string';
  /** @default 'string' */
  readonly currencyAs: 'string' | 'number';
  /** @default 'string' */
  readonly orderStatusAs: 'string' | 'number';
  /** Is `orderId` said by more than registerPayout (§14 I6)? @default true */
  readonly orderIdInAnswers: boolean;
  /** The label on JSON (§2 lenientContentType). @default 'json' */
  readonly contentType: 'json' | 'html';
  /** Row 32 with U+2423, as the document prints it, or with blanks. @default 'printed' */
  readonly row32Blanks: 'printed' | 'plain';

  // Callbacks (§13)
  /** Off: none is sent, whatever address is known. @default 'on' */
  readonly callbacksEnabled: 'on' | 'off';
}

export type VariantChanges = { readonly [Name in keyof Variant]?: Variant[Name] | undefined };

/** Every field with its default; its names are all the names there are. */
export const VARIANT_DEFAULTS: Variant = {
  panPath: 'target.pan',
  cards: 'any',
  cvvField: 'cvv',
  requireClientName: false,
  orderNumberPattern: '^[A-Za-z0-9_-]{1,32}$',
  minAmountMinor: 1,
  foreignPrefixes: ['400000', '555555'],
  signatureInput: 'base64Text',
  hashRawBytes: true,
  badSignatureReply: 'row17',
  duplicateOrder: 'reject400',
  feeMinor: 0,
  feeMode: 'added',
  sbpStatuses: 'sync',
  formRetries: false,
  returnParams: ['orderId', 'lang'],
  sessionExpiry: 'declined',
  threeDs: 'shortUrl',
  is3DSVer2: false,
  challengeStatus: 'absent',
  challengeExpiry: 'declined',
  frictionlessSourceBinding: false,
  frictionlessPrefixes: ['220070'],
  bindingDedup: 'new',
  sourceBindingStatus: 'supported',
  bindingFields: 'topLevel',
  orderType: 'byMethod',
  errorEnvelope: 'orderStatus',
  amountAs: 'number',
  currencyAs: 'string',
  orderStatusAs: 'string',
  orderIdInAnswers: true,
  contentType: 'json',
  row32Blanks: 'printed',
  callbacksEnabled: 'on',
};

/** `base` with what `changes` says; a field left undefined changes nothing. */
export function varied(base: Variant, changes: VariantChanges = {}): Variant {
  const given = Object.entries(changes).filter(
    ([name, value]) => name in VARIANT_DEFAULTS && value !== undefined,
  );
  return { ...base, ...(Object.fromEntries(given) as Partial<Variant>) };
}
