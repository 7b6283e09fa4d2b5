/**
 * How a schema's message carries both halves of a `Problem`, so that it reads well in a plain ZodError too:
 * `is missing → Give the payout's id.`
 */
const ARROW = ' → ';

export function fault(problem: string, remedy: string): string {
  return problem + ARROW + remedy;
}

/** The halves of a message made by `fault`; any other message gets a general remedy. */
export function splitFault(message: string): { problem: string; remedy: string } {
  const [problem = message, ...remedy] = message.split(ARROW);
  return { problem, remedy: remedy.length > 0 ? remedy.join(ARROW) : 'Correct this value.' };
}

/** For "must be text, not …". Names the kind of a value and never the value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  return `a ${typeof value}`;
}

/** The message of a value of the wrong kind, or of none at all. */
export function wrongKind(wanted: string, remedy: string): (issue: { input?: unknown }) => string {
  return ({ input }) =>
    input === undefined
      ? fault('is missing', remedy)
      : fault(`must be ${wanted}, not ${kindOf(input)}`, remedy);
}
