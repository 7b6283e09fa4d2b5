import { Command, Option } from 'commander';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT, usageError } from '../cli-error.js';
import { findEngine } from '../context.js';
import { printJson } from '../io.js';
import { withClient } from '../open-client.js';
import { actorOf, operatorName } from '../payout-options.js';
import { printPayment } from './print-payment.js';
import { shownPayment } from '../../gateway/shown-payment.js';

interface SettleOptions {
  readonly merchant: string;
  readonly operationId?: string;
  readonly verdict: string;
  readonly reason: string;
  readonly actor: string;
  readonly json?: true;
}

const OF_OPERATION = ['done', 'not_done'] as const;
const OF_PAYMENT = ['paid', 'not_paid', 'ask_again'] as const;

/** A person's verdict on what nobody else can know. */
export function settlePaymentCommand({ io, env }: Cli): Command {
  const command = new Command('settle')
    .argument('<payment-id>', 'your id of the payment')
    .description('Settle a payment in review, or an operation of which nobody knows the outcome.')
    .requiredOption('--merchant <id>', 'whose payment it is')
    .option('--operation-id <id>', 'the operation that is meant; left out: the payment')
    .addOption(
      new Option('--verdict <verdict>', 'of an operation done or not_done; else what became of the payment')
        .choices([...OF_OPERATION, ...OF_PAYMENT])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <words>', "why; stands in the payment's history")
    .option('--actor <name>', 'who decides', operatorName())
    .option('--json', 'the payment as one JSON object')
    .action(async (paymentId: string, options: SettleOptions) => {
      const { merchant, operationId, verdict, reason, json } = options;
      const actor = actorOf(options);
      const key = { merchant, paymentId };
      const result = await withClient(findEngine(globalsOf(command), env), async ({ payments }) => {
        if (operationId !== undefined) {
          const known = oneOf(OF_OPERATION, verdict);
          return {
            payment: await payments.settle({ ...key, operationId }, { verdict: known, actor, reason }),
          };
        }
        const known = oneOf(OF_PAYMENT, verdict);
        return payments.resolve(key, { verdict: known, actor, reason });
      });
      if (json) printJson(io, result.payment);
      else printPayment(io, shownPayment(result.payment));
      if ('why' in result) {
        io.stderr.write(`payouts: it was not settled: ${result.why}\n`);
        throw quietExit(EXIT.failed);
      }
    });
  return teach(command, [
    [
      'payouts payments settle order-7 --merchant acme --operation-id r-1 --verdict done --reason "seen in the portal"',
      'a refund whose answer was lost',
    ],
    ['payouts payments settle order-7 --merchant acme --verdict ask_again --reason "provider is back"', ''],
  ]);
}

/** Which verdicts there are depends on what is settled. */
function oneOf<Verdict extends string>(verdicts: readonly Verdict[], given: string): Verdict {
  const known = verdicts.find((verdict) => verdict === given);
  if (known === undefined) throw usageError(`--verdict: here it is one of ${verdicts.join(', ')}.`);
  return known;
}
