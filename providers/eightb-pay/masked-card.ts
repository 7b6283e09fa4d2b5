/** First six and last four of a card, whatever of it the provider tells (8b.world /pay §5); never more. */
export function maskedCard({
  card_number = '',
  pan6 = '',
  pan4 = '',
}: {
  readonly card_number?: string | undefined;
  readonly pan6?: string | undefined;
  readonly pan4?: string | undefined;
}): string | undefined {
  if (/^\d{6}$/.test(pan6) && /^\d{4}$/.test(pan4)) return `${pan6}******${pan4}`;
  const number = card_number.replace(/[\s-]/g, '');
  const [, first, last] = /^(\d{6})[\d*xX•.]{2,9}(\d{4})$/.exec(number) ?? [];
  if (first !== undefined && last !== undefined) return `${first}******${last}`;
  const lastFour = /^[*xX•.]+(\d{4})$/.exec(number)?.[1];
  return lastFour === undefined ? undefined : `******${lastFour}`;
}
