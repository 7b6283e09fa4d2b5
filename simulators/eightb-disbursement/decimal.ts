/** Decimals of the wire and minor units. 8b Disbursement §4. */

/** Minor units of an amount with exactly `scale` decimals that is above zero; undefined for anything else. */
export function minorOfAmount(text: string, scale: number, exponent: number): number | undefined {
  const form = scale === 0 ? /^\d{1,12}$/ : new RegExp(`^\\d{1,12}\\.\\d{${scale}}$`);
  if (!form.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  if (/[^0]/.test(fraction.slice(exponent))) return undefined;
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return minor > 0 ? minor : undefined;
}

/** `15000` as `150.00`; never with fewer decimals than the number has. */
export function decimalOf(minor: number, scale: number, exponent: number): string {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const all = digits.slice(digits.length - exponent).padEnd(scale, '0');
  const fraction = /[^0]/.test(all.slice(scale)) ? all : all.slice(0, scale);
  return `${minor < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
