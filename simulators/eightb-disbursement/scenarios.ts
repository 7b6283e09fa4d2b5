/** What the last two digits of `client` decide. 8b Disbursement §11. */
export type Scenario =
  | 'paid'
  | 'paid_later'
  | 'not_paid'
  | 'never_ends'
  | 'callback_lost'
  | 'paid_but_500'
  | 'reset_unregistered'
  | 'callback_forged_first'
  | 'callback_thrice'
  | 'hidden'
  | 'callback_contradicts'
  | 'insufficient_funds'
  | 'unparsable';

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '00': 'paid_later',
  '01': 'not_paid',
  '02': 'never_ends',
  '03': 'callback_lost',
  '04': 'paid_but_500',
  '05': 'reset_unregistered',
  '06': 'callback_forged_first',
  '07': 'callback_thrice',
  '08': 'hidden',
  '09': 'callback_contradicts',
  '10': 'insufficient_funds',
  '11': 'unparsable',
};

/** Any other ending is paid at once. */
export function scenarioOf(client: string): Scenario {
  return SCENARIOS[client.slice(-2)] ?? 'paid';
}
