/** A payout workflow with a bug: its workflow task fails again and again. */
export async function payout(): Promise<never> {
  throw new Error('a bug of the workflow');
}
