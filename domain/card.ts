/** The Luhn check digit of ISO/IEC 7812-1, on 13 to 19 digits. */
export function isCardNumber(text: string): boolean {
  if (!/^\d{13,19}$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) {
    const digit = Number(text[text.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** `2200000000000004` as `220000******0004`. */
export function maskCardNumber(number: string): string {
  return `${number.slice(0, 6)}${'*'.repeat(Math.max(0, number.length - 10))}${number.slice(-4)}`;
}

/** How card numbers are printed: the sizes of their groups of digits. */
const PRINTED_GROUPS: readonly (readonly number[])[] = [
  ...[13, 14, 15, 16, 17, 18, 19].map((size) => [size]),
  [4, 4, 4, 4],
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4, 2],
  [4, 4, 4, 4, 1],
  [4, 4, 4, 3],
  [4, 6, 5],
  [4, 6, 4],
  [4, 4, 5],
  [6, 10],
  [6, 13],
  [8, 8],
];

/** How many groups of digits, from `first` on, are one card number by the sizes of its groups; 0: they are none. */
export function printedGroups(
  groups: readonly string[],
  first: number,
  isNumber: (digits: string) => boolean = isCardNumber,
): number {
  const found = PRINTED_GROUPS.find((sizes) => {
    const part = groups.slice(first, first + sizes.length);
    return sizes.every((size, i) => part[i]?.length === size) && isNumber(part.join(''));
  });
  return found?.length ?? 0;
}
