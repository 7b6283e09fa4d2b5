/** What is answered as `ERROR: <text>`. The texts are assumed: 8b Disbursement §7. */
export type RefusalKind = 'security' | 'service' | 'parameter' | 'other';

export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly kind: RefusalKind,
    message: string,
  ) {
    super(message);
  }
}

export const REFUSALS = {
  invalidHash: new Refusal('security', 'invalid hash'),
  accessDenied: new Refusal('security', 'access denied'),
  unknownService: new Refusal('service', 'unknown service'),
  unknownDestination: new Refusal('other', 'unknown destination'),
  currencyMismatch: new Refusal('other', 'currency mismatch'),
  insufficientFunds: new Refusal('other', 'insufficient funds'),
  duplicateId: new Refusal('other', 'duplicate id'),
  temporarilyUnavailable: new Refusal('other', 'temporarily unavailable'),
  internalError: new Refusal('other', 'internal error'),
  notFinal: new Refusal('other', 'not final'),
} as const;

export function invalid(name: string): Refusal {
  return new Refusal('parameter', `invalid parameter ${name}`);
}
