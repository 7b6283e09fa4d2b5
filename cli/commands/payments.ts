import { Command } from 'commander';
import { teach, type Cli } from '../cli.js';
import { createPaymentCommand } from '../payments/create.js';
import { getPaymentCommand } from '../payments/get.js';
import { listPaymentsCommand } from '../payments/list.js';
import { operatePaymentCommand } from '../payments/operate.js';
import { reportPaymentsCommand } from '../payments/report.js';
import { settlePaymentCommand } from '../payments/settle.js';

export function paymentsCommand(cli: Cli): Command {
  const command = new Command('payments').description(
    'Money in: ask a payer for it, give it back, take or release what is held.',
  );
  for (const make of [
    createPaymentCommand,
    getPaymentCommand,
    listPaymentsCommand,
    operatePaymentCommand('refund'),
    operatePaymentCommand('void'),
    operatePaymentCommand('complete'),
    settlePaymentCommand,
    reportPaymentsCommand,
  ])
    command.addCommand(make(cli));
  return teach(command, [
    ['payouts payments create order-7 --merchant acme --account shop-eur …', 'the page to send the payer to'],
    ['payouts payments get order-7 --merchant acme', 'how it stands'],
    ['payouts payments refund order-7 --merchant acme --operation-id r-1', 'all of it'],
    ['payouts payments report shop-eur', 'does the provider say the same?'],
    ['payouts payments list --status in_review', 'what waits for a person'],
  ]);
}
