import type { AccountSummary } from '../../workers/survey-accounts.js';
import { renderColumns } from '../columns.js';
import type { CliIo } from '../io.js';

type AccountColumn = readonly [title: string, cell: (account: AccountSummary) => string];

const COLUMNS: readonly AccountColumn[] = [
  ['ACCOUNT', ({ account }) => account],
  ['PROVIDER', ({ provider, simulated }) => (simulated ? `${provider} (simulator)` : provider)],
  ['MERCHANTS', ({ merchants }) => merchants?.join(', ') ?? 'all'],
  ['PAYS TO', ({ destinations, takes }) => (takes ? 'takes payments' : destinations.join(', '))],
  ['CAN ALSO', extras],
  ['CALLBACKS', ({ callbacks, callbackUrl }) => callbackUrl ?? callbacks],
  ['RATE', ({ callsPerSecond }) => (callsPerSecond === undefined ? 'unlimited' : `${callsPerSecond}/s`)],
];

/** A line per account under a heading, and a line per note. */
export function renderAccounts(
  accounts: readonly AccountSummary[],
  colors: CliIo['colors'],
): readonly string[] {
  const titles = COLUMNS.map(([title]) => ({ title }));
  const rows = accounts.map((account) => COLUMNS.map(([, cell]) => cell(account)));
  const notes = accounts.flatMap(({ account, notes: its }) =>
    its.map((note) => `${colors.yellow('!')} ${account}: ${note}`),
  );
  return [...renderColumns(titles, rows, { colors }), ...notes];
}

function extras({ sources, storesCards, tellsBalance, takes }: AccountSummary): string {
  const words = [
    ...(takes?.operations ?? []),
    ...(takes?.recurrent ? ['charge again'] : []),
    ...(sources ? ['take from cards'] : []),
    ...(storesCards ? ['store cards'] : []),
    ...(tellsBalance ? ['tell its balance'] : []),
  ];
  return words.join(', ') || '-';
}
