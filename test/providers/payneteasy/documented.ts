/** What the document lists, as its reader wrote it down: the adapter's tables must have a row for each. */

/** Payneteasy §7. */
export const DOCUMENTED_STATUSES = [
  { status: 'approved', final: true, class: 'SUCCEEDED' },
  { status: 'declined', final: true, class: 'DECLINED' },
  { status: 'filtered', final: true, class: 'DECLINED' },
  { status: 'error', final: true, class: 'DECLINED' },
  { status: 'processing', final: false, class: 'PROCESSING' },
  { status: 'unknown', final: false, class: 'AMBIGUOUS' },
] as const;

/** Payneteasy §6.1 and §9. */
export const DOCUMENTED_OUTCOMES = [
  { type: 'async-response', orderId: true, class: 'accepted' },
  { type: 'validation-error', orderId: false, class: 'not created' },
  { type: 'error', orderId: false, class: 'not created' },
  { type: 'validation-error', orderId: true, class: 'ambiguous' },
  { type: 'error', orderId: true, class: 'ambiguous' },
] as const;

/** Payneteasy §6.1 and §6.2, with the lengths that it gives. */
export const DOCUMENTED_FIELDS: Readonly<Record<string, number | undefined>> = {
  client_orderid: 128,
  amount: 10,
  currency: 3,
  order_desc: 64,
  ipaddress: 45,
  purpose: 128,
  server_callback_url: 128,
  notify_url: 128,
  redirect_url: 128,
  account_number: 24,
  bank_name: 255,
  bank_branch: 255,
  bank_province: 255,
  bank_city: 255,
  bank_area: 255,
  routing_number: 16,
  account_name: 128,
  first_name: 50,
  last_name: 50,
  phone: 15,
  credit_card_number: undefined,
  expire_month: undefined,
  expire_year: undefined,
  card_printed_name: undefined,
  'destination-card-ref-id': 20,
};
