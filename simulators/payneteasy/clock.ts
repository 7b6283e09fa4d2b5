/** The provider's clock, which need not agree with ours. Payneteasy §4.1: the window of timestamps. */
export interface Clock {
  /** Epoch ms, as the provider sees it. */
  now(): number;
  setSkew(ms: number): void;
}

export function createClock(skewMs = 0): Clock {
  let skew = skewMs;
  return {
    now: () => Date.now() + skew,
    setSkew: (ms) => {
      skew = ms;
    },
  };
}
