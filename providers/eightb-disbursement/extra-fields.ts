/**
 * What a direction may want beside the fields of every payout, by the provider's names (8b Disbursement §5.1). Lengths
 * are published nowhere: 255 at most is an assumption.
 */
export const MAX_FIELD = 255;

export interface ExtraField {
  readonly form?: RegExp;
  /** What the form is, in words. */
  readonly like?: string;
}

const ISO_DATE: ExtraField = { form: /^\d{4}-\d\d-\d\d$/, like: 'YYYY-MM-DD' };
const CURRENCY: ExtraField = { form: /^[A-Z]{3}$/, like: 'three capitals of ISO 4217' };
const ANY: ExtraField = {};

export const EXTRA_FIELDS: Readonly<Record<string, ExtraField>> = {
  payout_currency: CURRENCY,
  receiver_bic: ANY,
  payer_fio: ANY,
  payer_last_name: ANY,
  payer_first_name: ANY,
  payer_middle_name: ANY,
  payer_doc_type: ANY,
  payer_doc_ser: ANY,
  payer_doc_num: ANY,
  payer_doc_issuer: ANY,
  payer_doc_date: ANY,
  payer_birth_date: ANY,
  payer_birth_place: ANY,
  payer_address: ANY,
  receiver_country: { form: /^[A-Z]{2}$/, like: 'two capitals of ISO 3166-1' },
  receiver_city: ANY,
  receiver_zip: { form: /^\d{3,10}$/, like: '3 to 10 digits' },
  receiver_address: ANY,
  receiver_address_2: ANY,
  receiver_citizenship: ANY,
  receiver_birth_date: ISO_DATE,
  card_holder: { form: /^\p{L}+(?: \p{L}+)*$/u, like: 'letters and spaces' },
  card_currency: CURRENCY,
  card_expire: { form: /^(0[1-9]|1[0-2])\/\d\d$/, like: 'MM/YY' },
  detailsofpayment: ANY,
  payer_ip: ANY,
  email: ANY,
  account_type: ANY,
};

/** The fields of every payout: never to be given as an extra. */
export const CORE_FIELDS = [
  'id',
  'dt',
  'amount',
  'currency',
  'phone',
  'client',
  'destination',
  'receiver_fio',
  'hash',
] as const;
