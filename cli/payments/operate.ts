import { Command } from 'commander';
import type { OperatedPayment } from '../../client/payments-client.js';
import type { OperationKind } from '../../domain/payment-transaction.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT, usageError } from '../cli-error.js';
import { findEngine } from '../context.js';
import { printJson, printLine } from '../io.js';
import { withClient } from '../open-client.js';
import { actorOf, operatorName } from '../payout-options.js';
import { minorOf } from './create-input.js';
import { describeOperation, printPayment } from './print-payment.js';
import { shownPayment } from '../../gateway/shown-payment.js';

interface OperateOptions {
  readonly merchant: string;
  readonly operationId: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly transaction?: string;
  readonly actor: string;
  readonly json?: true;
}

const WORDS: Readonly<Record<OperationKind, string>> = {
  refund: 'Give a payment’s money back, wholly or in part. The same operation id never gives back twice.',
  void: 'Release money that is held.',
  complete: 'Take money that is held.',
};

/** `refund`, `void` and `complete`. */
export function operatePaymentCommand(kind: OperationKind): (cli: Cli) => Command {
  return ({ io, env }) => {
    const command = new Command(kind)
      .argument('<payment-id>', 'your id of the payment')
      .description(WORDS[kind])
      .requiredOption('--merchant <id>', 'whose payment it is')
      .requiredOption('--operation-id <id>', 'your own id of what is done: repeating it is harmless')
      .option('--transaction <id>', 'needed only where several could be meant')
      .option('--actor <name>', 'who does it', operatorName())
      .option('--json', 'operation and payment as one JSON object');
    if (kind === 'refund') {
      command
        .option('--amount <minor>', 'in minor units; left out: all that was not given back yet')
        .option('--currency <code>', 'of the amount');
    }
    command.action(async (paymentId: string, options: OperateOptions) => {
      const { merchant, operationId, transaction: transactionId, json } = options;
      const amount = amountOf(options);
      const done = await withClient(findEngine(globalsOf(command), env), ({ payments }) =>
        payments[kind](
          { merchant, paymentId },
          { operationId, transactionId, actor: actorOf(options), ...(amount && { amount }) },
        ),
      );
      if (json) printJson(io, done);
      else print(done);
      if (done.operation.status !== 'done') throw quietExit(EXIT.failed);
    });

    function print({ operation, payment }: OperatedPayment): void {
      printLine(io, `${kind} ${describeOperation(operation)}`);
      printPayment(io, shownPayment(payment));
    }

    const amount = kind === 'refund' ? ' --amount 500 --currency EUR' : '';
    return teach(command, [
      [
        `payouts payments ${kind} order-7 --merchant acme --operation-id ${kind}-1${amount}`,
        'exit code 0 only if it is done',
      ],
    ]);
  };
}

function amountOf({ amount, currency }: OperateOptions): { minor: number; currency: string } | undefined {
  if (amount === undefined && currency === undefined) return undefined;
  const minor = minorOf(amount);
  if (typeof minor !== 'number' || currency === undefined) {
    throw usageError('--amount and --currency go together: --amount 500 --currency EUR is 5.00 EUR.');
  }
  return { minor, currency };
}
