/** A stored card. All2pay payouts document §7a. */
export interface Binding {
  readonly bindingId: string;
  readonly clientId: string;
  /** First six, X, last four: the card number is never kept. */
  readonly maskedPan: string;
  /** Whose card: a recipient's, to pay to, or a payer's, to take money from. */
  readonly direction: 'target' | 'source';
  /** Who stored it; undefined: good for every login. */
  readonly login?: string | undefined;
  /** Deactivated in the portal: row 28. */
  readonly dead?: boolean | undefined;
}

/** The binding, if this login may use it so. */
export function usable(
  binding: Binding | undefined,
  login: string,
  direction: Binding['direction'],
): Binding | undefined {
  const mine = binding?.login === undefined || binding.login === login;
  return binding?.direction === direction && !binding.dead && mine ? binding : undefined;
}
