/** The order ids of a run: letters and digits that every provider takes, and that are found in any message. */
export function orderName(seed: number, number: number): string {
  return `c${seed.toString(36)}x${number}`;
}

const NAME = /c[0-9a-z]+x\d+/;
/** 8b.world /pay wraps its messages in base64 (§3). */
const WRAPPED = /(?:^|[ &?])data=([^&\s]+)/;

/** The order that a message speaks of, in whatever form it does. */
export function orderNamed(text: string): string | undefined {
  const wrapped = WRAPPED.exec(text)?.[1];
  const plain =
    wrapped === undefined ? text : Buffer.from(decodeURIComponent(wrapped), 'base64').toString('latin1');
  return NAME.exec(plain)?.[0];
}
