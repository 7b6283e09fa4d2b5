import { Command } from 'commander';
import type { z } from 'zod';
import type { OperationKind } from '../../domain/payment-transaction.js';
import type { operatedSchema } from '../../schemas/payment-operation.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT, usageError } from '../cli-error.js';
import { withCommands } from '../commands-door.js';
import { findEngine } from '../context.js';
import { printJson, printLine } from '../io.js';
import { minorOf } from './create-input.js';
import { describeOperation, printPayment } from './print-payment.js';

interface OperateOptions {
  readonly merchant: string;
  readonly operationId: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly transaction?: string;
  readonly reason?: string;
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
      .option('--reason <text>', 'why: written to the history')
      .option('--json', 'operation and payment as one JSON object');
    if (kind === 'refund') {
      command
        .option('--amount <minor>', 'in minor units; left out: all that was not given back yet')
        .option('--currency <code>', 'of the amount');
    }
    command.action(async (paymentId: string, options: OperateOptions) => {
      const { merchant, operationId, transaction: transactionId, reason, json } = options;
      const amount = amountOf(options);
      const done = await withCommands(findEngine(globalsOf(command), env), (commands) =>
        commands.operate(
          kind,
          { merchant, paymentId },
          { operationId, transactionId, reason, ...(amount && { amount }) },
        ),
      );
      if (json) printJson(io, done);
      else print(done);
      if (done.operation.status !== 'done') throw quietExit(EXIT.failed);
    });

    function print({ operation, payment }: z.output<typeof operatedSchema>): void {
      printLine(io, `${kind} ${describeOperation(operation)}`);
      printPayment(io, payment);
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
