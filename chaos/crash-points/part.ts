/** Every `of`-th thing, the `one`-th of them first: all parts together are everything, once. */
export interface Part {
  readonly one: number;
  readonly of: number;
}

/** @throws if it is not like `2/3`. */
export function readPart(text: string): Part {
  const [, one = NaN, of = NaN] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (!(one >= 1 && one <= of)) throw new Error(`--part ${text}: write which part of how many, as in 2/3.`);
  return { one, of };
}

export function isIn({ one, of }: Part, index: number): boolean {
  return index % of === one - 1;
}
