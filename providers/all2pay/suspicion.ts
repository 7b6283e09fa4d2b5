import type { NotPaid, StatusAnswer } from '../../domain/provider-answer.js';

/**
 * A money call's words pointed to a refusal; this is the status query that may make it one
 * (All2pay payouts document §11.2 rule 2): status 6, row 16 or row 9 agree with it, nothing else does.
 */
export function settleSuspicion(status: StatusAnswer, suspected: NotPaid | undefined): StatusAnswer {
  if (suspected === undefined || status.kind !== 'answered') return status;
  const { progress } = status;
  if (progress.kind === 'not_found') return { kind: 'answered', progress: suspected };
  if (progress.kind !== 'not_paid') return status;
  // The bank's own code says more than the first answer's; without one the first answer says more.
  const saysLittle = progress.code === 'declined' || progress.code === '98';
  return saysLittle ? { kind: 'answered', progress: usedUp(suspected) } : status;
}

/** The provider knows the order number and has closed it: no request under it can succeed any more (§8, §11.1 row 16). */
function usedUp({ mendable: _, ...suspected }: NotPaid): NotPaid {
  return suspected;
}
