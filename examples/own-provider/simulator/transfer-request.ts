/** The body of `POST /transfers`, read as Pocket Pay §4 has it: anything else is refused. */
export interface TransferRequest {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
}

/** What is wrong with it, in words, or the part that is kept: never the card. */
export function readTransferRequest(body: Buffer, walletCurrency: string): TransferRequest | string {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return 'the body is no JSON';
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'the body is no object';
  const { id, amount, currency, card, name, note = '', ...others } = json as Record<string, unknown>;
  if (Object.keys(others).length > 0) return `there is no field ${Object.keys(others).join(', ')}`;
  if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,40}$/.test(id)) return 'id';
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 1) return 'amount';
  if (typeof currency !== 'string' || currency !== walletCurrency) return 'currency';
  if (typeof card !== 'string' || !/^\d{13,19}$/.test(card)) return 'card';
  if (typeof name !== 'string' || !/\S \S/.test(name)) return 'name';
  if (typeof note !== 'string' || note.length > 140) return 'note';
  return { id, amount, currency };
}
