/**
 * Every assumed behaviour of All2pay payouts document §15 that the provider's side can play, switched to its other
 * variants one by one. What is not here concerns the merchant's side alone (timeouts, polls, grace periods, texts).
 */
import type { KeysOptions } from './options.js';
import type { VariantChanges } from './variant.js';

export interface All2payVariant {
  /** Unique, e.g. `panPath=target.card.pan`. */
  readonly name: string;
  /** The open question of §15, which is also the name of the adapter's setting where it has one. */
  readonly key: string;
  /** One line for people. */
  readonly words: string;
  /** For a login's `variant`, or the simulator's own options. */
  readonly patch: VariantChanges;
  /** Options of the simulator alone: GETs are anonymous. */
  readonly keys?: KeysOptions | undefined;
  /** Kind of signature that the login's callbacks must carry. */
  readonly checksum?: 'asymmetric' | 'none' | undefined;
  readonly digest?: 'sha256' | undefined;
}

/** A variant of one field of a login, named after it. */
function of<Name extends keyof VariantChanges>(
  field: Name,
  value: VariantChanges[Name],
  words: string,
  key: string = field,
  more: VariantChanges = {},
): All2payVariant {
  return { name: `${field}=${String(value)}`, key, words, patch: { ...more, [field]: value } };
}

export const ALL2PAY_VARIANTS: readonly All2payVariant[] = [
  of('panPath', 'target.card.pan', 'the card number stands one level deeper'),
  of('cards', 'seTokenOnly', 'a readable card number is refused', 'seToken'),
  of('cvvField', 'cvc', 'the CVV is called cvc'),
  of('requireClientName', true, 'client.name is mandatory'),
  of('minAmountMinor', 100, 'less than one rouble is refused', 'minAmount'),
  of('orderNumberPattern', '^[A-Za-z0-9-]{1,32}$', 'order numbers without underscores'),

  of('signatureInput', 'rawDigest', 'the 32 digest bytes are signed, not their base64 text'),
  of('hashRawBytes', false, 'white space is stripped before hashing'),
  of('badSignatureReply', 'row7', 'a bad signature is 400/98 "Invalid request"'),
  of('badSignatureReply', 'html403', 'a bad signature is 403 in HTML'),

  of('duplicateOrder', 'replayStored', 'a repeated order number gets the stored answer'),
  of('duplicateOrder', 'executeAgain', 'a repeated order number is executed again'),
  of('feeMode', 'deducted', 'the fee is taken out of the amount', 'feeMode', { feeMinor: 50 }),
  of('feeMinor', 50, 'a fee is taken beside the amount', 'feeMode'),
  of('sbpStatuses', 'async', 'SBP payouts are seen as -1, 0 and 7 before they are paid'),

  of('formRetries', true, 'the page lets the person try another card'),
  of('returnParams', [], 'nothing is appended to return URLs', 'returnQueryParams'),
  of('returnParams', ['orderNumber'], 'orderNumber is appended to return URLs', 'returnQueryParams'),
  of('sessionExpiry', 'registered', 'a page whose time is over leaves its order at 0 for ever'),
  of('sessionExpiry', 'rejected', 'a page whose time is over leaves row 16'),

  of('threeDs', 'classic', '3DS by MD, PaReq and TermUrl', 'threeDsStrategy'),
  of('threeDs', 'creq', '3DS 2 by creq', 'threeDsStrategy'),
  of('threeDs', 'unsupported', '3DS is row 27', 'threeDsStrategy'),
  of('is3DSVer2', true, 'is3DSVer2 says true', 'threeDsStrategy'),
  of('challengeStatus', '5', 'the answer with the challenge carries orderStatus 5', 'threeDsStrategy'),
  of('challengeExpiry', 'never', 'a challenge that nobody answers stays at 5 for ever', 'threeDsWaitSecs'),

  of('frictionlessSourceBinding', true, 'no source card needs 3DS'),
  of('bindingDedup', 'same', 'a card stored twice has one id'),
  of('sourceBindingStatus', 'notFound', 'status does not find a source card being stored'),
  of('bindingFields', 'nested', 'status tells of a stored card in target or source', 'sourceBindingStatus'),
  of('orderType', 'alwaysSource', 'orderType is always createSourceBindingId', 'orderTypeValues'),
  of('orderType', 'absent', 'orderType is never said', 'orderTypeValues'),

  of('errorEnvelope', 'orderNumber', 'refusals never carry orderStatus'),
  of('errorEnvelope', 'bare', 'refusals carry code and message alone'),
  of('amountAs', 'string', 'amounts come as text', 'lenientParser'),
  of('currencyAs', 'number', 'currencies come as numbers', 'lenientParser'),
  of('orderStatusAs', 'number', 'orderStatus comes as a number', 'orderStatusMap'),
  of('orderIdInAnswers', false, 'only registerPayout says orderId', 'lenientParser'),
  of('contentType', 'html', 'JSON is labelled as HTML', 'lenientContentType'),
  of('row32Blanks', 'plain', 'row 32 is written with blanks', 'errorPolicy'),

  of('callbacksEnabled', 'off', 'no callback is ever sent'),
  {
    name: 'checksum=asymmetric',
    key: 'callbackCert',
    words: 'callbacks are signed with RSA',
    patch: {},
    checksum: 'asymmetric',
  },
  {
    name: 'callbackDigest=sha256',
    key: 'callbackDigest',
    words: 'callbacks are signed with RSA and SHA-256',
    patch: {},
    checksum: 'asymmetric',
    digest: 'sha256',
  },
  {
    name: 'checksum=none',
    key: 'callbackSecret',
    words: 'callbacks carry no checksum',
    patch: {},
    checksum: 'none',
  },

  {
    name: 'keyExpiration=s',
    key: 'keys',
    words: 'keys.do says its expiry in seconds',
    patch: {},
    keys: { expiration: 's' },
  },
  {
    name: 'keyValue=pem',
    key: 'keys',
    words: 'keys.do gives keys with PEM markers',
    patch: {},
    keys: { format: 'pem' },
  },
  {
    name: 'protocolVersion=none',
    key: 'keys',
    words: 'keys.do says no protocolVersion',
    patch: {},
    keys: { protocolVersion: null },
  },
  {
    name: 'protocolVersion=RSA',
    key: 'keys',
    words: 'keys.do says protocolVersion RSA',
    patch: {},
    keys: { protocolVersion: 'RSA' },
  },
  {
    name: 'protocolVersion=RSA-4096',
    key: 'keys',
    words: 'keys.do gives keys of 4096 bits',
    patch: {},
    keys: { bits: 4096 },
  },
];
