import { Command } from 'commander';
import type { z } from 'zod';
import { paymentReportSchema } from '../../schemas/payment-report.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { renderColumns } from '../columns.js';
import { findEngine } from '../context.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { plainText } from '../plain-text.js';
import { printCsv } from '../print-csv.js';
import { PROVIDER_PATIENCE_MS, spanOf, withSpan, type SpanOptions } from '../time-span.js';

type Item = z.output<typeof paymentReportSchema>['items'][number];

const CSV_COLUMNS = [
  ...['verdict', 'merchant', 'paymentId', 'orderId', 'transactionId', 'createdAt'],
  ...['reportedStatus', 'reportedMinor', 'reportedCurrency'],
  ...['recordedStatus', 'recordedMinor', 'recordedCurrency', 'differences'],
];
const COLUMNS = [
  { title: '' },
  { title: 'TIME' },
  { title: 'PAYMENT' },
  { title: 'TRANSACTION' },
  { title: 'THERE' },
  { title: 'HERE' },
  { title: '' },
] as const;
const WORDS: Readonly<Record<Item['verdict'], string>> = {
  match: '',
  differs: '',
  unknown_to_us: 'the journal does not know it',
  missing_at_provider: 'the provider does not report it',
};

/** Exit code 0 only if both sides agree in everything. */
export function reportPaymentsCommand({ io, env }: Cli): Command {
  const command = withSpan(
    new Command('report')
      .argument('<account>')
      .description(
        'Compare the provider’s report with the journal, transaction by transaction. Needs the role operate.',
      ),
  ).action(async (account: string, options: SpanOptions) => {
    const answer = await callGateway(findEngine(globalsOf(command), env), {
      path: `/v1/accounts/${encodeURIComponent(account)}/payment-report`,
      query: spanOf(options, io.now()),
      timeoutMs: PROVIDER_PATIENCE_MS,
    });
    const { items } = paymentReportSchema.parse(answer);
    const astray = items.filter(({ verdict }) => verdict !== 'match');
    if (options.json) printJson(io, { account, items });
    else if (options.csv) printCsv(io, CSV_COLUMNS, items.map(flat));
    else {
      if (items.length > 0) {
        for (const line of renderColumns(COLUMNS, items.map(row), { colors: io.colors })) printLine(io, line);
      }
      printLine(io, `${items.length - astray.length} of ${items.length} transactions match.`);
    }
    if (astray.length > 0) throw quietExit(EXIT.failed);
  });

  return teach(command, [
    ['payouts payments report shop-eur', 'the last 24 hours'],
    [
      'payouts payments report shop-eur --from 2026-07-01T00:00:00Z --to 2026-07-02T00:00:00Z --csv',
      'for a spreadsheet',
    ],
  ]);
}

function row(item: Item): readonly string[] {
  const { verdict, createdAt = '', merchant, paymentId, orderId, transactionId, differences } = item;
  return [
    verdict === 'match' ? '✔' : '✖',
    createdAt.slice(0, 19).replace('T', ' '),
    plainText(paymentId === undefined ? orderId : `${merchant ?? ''}/${paymentId}`),
    plainText(transactionId),
    item.reported?.status ?? '',
    item.recorded?.status ?? '',
    plainText(differences.join('; ') || WORDS[verdict]),
  ];
}

function flat({ reported, recorded, differences, ...item }: Item): object {
  return {
    ...item,
    reportedStatus: reported?.status,
    reportedMinor: reported?.minor,
    reportedCurrency: reported?.currency,
    recordedStatus: recorded?.status,
    recordedMinor: recorded?.minor,
    recordedCurrency: recorded?.currency,
    differences: differences.join('; '),
  };
}
