/** Hears of every await of one payout's: the moments between which a worker can die. */
export interface Watch {
  /** Does this call concern the payout that is watched? */
  concerns(args: readonly unknown[]): boolean;
  /** May not return. */
  pass(point: string): void;
}

/** A call of journal or provider, before or after. The n-th of its kind, as most are made more than once. */
export interface CrashPoint {
  /** `journal.payouts.beginAttempt before` */
  readonly name: string;
  readonly occurrence: number;
}

/** @param ids of the watched payout: a call concerns it if one of them is in its arguments */
export function watchOf(ids: readonly string[], pass: (point: CrashPoint) => void): Watch {
  const seen = new Map<string, number>();
  return {
    concerns: (args) => {
      const text = JSON.stringify(args, (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      return ids.some((id) => text.includes(id));
    },
    pass(name) {
      const occurrence = (seen.get(name) ?? 0) + 1;
      seen.set(name, occurrence);
      pass({ name, occurrence });
    },
  };
}
