/** Amounts: integers in minor units inside, major units with a dot on the wire. Payneteasy §6.1 `amount`. */
const NO_DECIMALS = [
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'JPY',
  'KMF',
  'KRW',
  'PYG',
  'RWF',
  'UGX',
  'VND',
  'XAF',
  'XOF',
  'XPF',
];

const decimalsOf = (currency: string): number => (NO_DECIMALS.includes(currency) ? 0 : 2);

/** Undefined for what is no amount: at most ten characters, a dot, no more decimals than the currency has. */
export function readAmount(text: string, currency: string): number | undefined {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text);
  const decimals = decimalsOf(currency);
  const fraction = match?.[2] ?? '';
  if (!match || text.length > 10 || fraction.length > decimals) return undefined;
  const minor = Number(`${match[1]}${fraction.padEnd(decimals, '0')}`);
  return minor > 0 ? minor : undefined;
}

export function writeAmount(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = `${minor < 0 ? '-' : ''}${digits.slice(0, digits.length - decimals)}`;
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}
