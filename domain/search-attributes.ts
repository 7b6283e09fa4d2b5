/** The search attributes of a payout, within PostgreSQL visibility's fixed columns. Never personal data: they are not encrypted. */
export const SEARCH_ATTRIBUTES = {
  PayoutStatus: 'KEYWORD',
  PayoutProvider: 'KEYWORD',
  PayoutAccount: 'KEYWORD',
  PayoutMerchant: 'KEYWORD',
  PayoutCurrency: 'KEYWORD',
  PayoutOrderId: 'KEYWORD',
  PayoutBatch: 'KEYWORD',
  PayoutAmount: 'INT',
  PayoutInReview: 'BOOL',
} as const;
