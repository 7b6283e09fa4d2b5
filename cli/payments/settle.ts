import { Command, Option } from 'commander';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT, usageError } from '../cli-error.js';
import { withCommands, type Commands } from '../commands-door.js';
import { findEngine } from '../context.js';
import { printJson } from '../io.js';
import { printPayment } from './print-payment.js';
import { VERDICTS } from '../../domain/verdict.js';

interface SettleOptions {
  readonly merchant: string;
  readonly operationId?: string;
  readonly verdict: string;
  readonly reason: string;
  readonly json?: true;
}

const OF_OPERATION = ['done', 'not_done'] as const;

/** A person's verdict on what nobody else can know. */
export function settlePaymentCommand({ io, env }: Cli): Command {
  const command = new Command('settle')
    .argument('<payment-id>', 'your id of the payment')
    .description('Settle a payment in review, or an operation of which nobody knows the outcome.')
    .requiredOption('--merchant <id>', 'whose payment it is')
    .option('--operation-id <id>', 'the operation that is meant; left out: the payment')
    .addOption(
      new Option('--verdict <verdict>', 'of an operation done or not_done; else what became of the payment')
        .choices([...OF_OPERATION, ...VERDICTS])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <words>', "why; stands in the payment's history")
    .option('--json', 'the payment as one JSON object')
    .action(async (paymentId: string, options: SettleOptions) => {
      const { merchant, json } = options;
      const key = { merchant, paymentId };
      const settle = settling(key, options);
      const result = await withCommands(findEngine(globalsOf(command), env), settle);
      if (json) printJson(io, result.payment);
      else printPayment(io, result.payment);
      if (result.why !== undefined) {
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

/** Of an operation or of the payment itself; a verdict that is none of it is refused before anybody is asked. */
function settling(
  key: { readonly merchant: string; readonly paymentId: string },
  { operationId, verdict, reason }: SettleOptions,
): (commands: Commands) => ReturnType<Commands['resolvePayment']> {
  if (operationId === undefined) {
    const known = oneOf(VERDICTS, verdict);
    return (commands) => commands.resolvePayment(key, known, reason);
  }
  const known = oneOf(OF_OPERATION, verdict);
  return async (commands) => ({ payment: await commands.settle({ ...key, operationId }, known, reason) });
}

/** Which verdicts there are depends on what is settled. */
function oneOf<Verdict extends string>(verdicts: readonly Verdict[], given: string): Verdict {
  const known = verdicts.find((verdict) => verdict === given);
  if (known === undefined) throw usageError(`--verdict: here it is one of ${verdicts.join(', ')}.`);
  return known;
}
