import { Command, Option } from 'commander';
import { PAYMENT_PURPOSES } from '../../schemas/payment-request.js';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { findEngine } from '../context.js';
import { printJson } from '../io.js';
import { withClient } from '../open-client.js';
import { paymentFromFlags, paymentFromJson, type CreateFlags } from './create-input.js';
import { printPayment } from './print-payment.js';
import { shownPayment } from '../../gateway/shown-payment.js';

interface CreateOptions extends CreateFlags {
  readonly jsonInput?: string;
  readonly wait?: true;
  readonly json?: true;
}

export function createPaymentCommand({ io, env }: Cli): Command {
  const command = new Command('create')
    .argument('[payment-id]', 'your own id of the payment; the same id never takes twice')
    .description('Ask a payer for money. Answers with the page that the payer must open.')
    .option('--merchant <id>', 'on whose behalf')
    .option('--account <id>', 'the configured account that takes it')
    .option('--amount <minor>', 'in minor units: 10050 is 100.50')
    .option('--currency <code>', 'ISO 4217, like EUR')
    .option('--description <words>', 'what the payer reads (default: the payment id)')
    .option('--email <address>', 'the payer’s e-mail address')
    .option('--payer-id <id>', 'your id of the payer')
    .option('--ip <address>', 'of the payer’s device')
    .option('--language <code>', 'of the page: en')
    .option('--return-url <url>', 'where the payer’s browser returns')
    .option('--failure-url <url>', 'the same, where it failed')
    .option('--expires <time>', 'until when it can be paid: minutes from now, or ISO 8601 (default: 60)')
    .addOption(new Option('--purpose <purpose>', 'what for').choices(PAYMENT_PURPOSES))
    .option('--keep-card', 'keep a token, so that the payer can be charged again')
    .option('--recurrent-of <payment-id>', 'charge the card of that payment again, with no page')
    .option('--json-input <file>', 'the whole request as JSON from a file, or - for stdin')
    .option('--wait', 'until it has ended; exit code 0 only if it succeeded')
    .option('--json', 'the payment as one JSON object')
    .action(async (id: string | undefined, options: CreateOptions) => {
      const { jsonInput, wait, json } = options;
      const request =
        jsonInput === undefined ? paymentFromFlags(io, id, options) : await paymentFromJson(io, jsonInput);
      const payment = await withClient(findEngine(globalsOf(command), env), async ({ payments }) => {
        const created = await payments.create(request);
        if (!wait) return created;
        // Whoever waits must know for what; on stderr, so that a program's JSON stays one object.
        if (created.action) io.stderr.write(`The payer must open ${created.action.url}\n`);
        return payments.wait(created);
      });
      if (json) printJson(io, payment);
      else printPayment(io, shownPayment(payment));
      if (wait && payment.status !== 'succeeded') throw quietExit(EXIT.failed);
    });
  return teach(command, [
    [
      'payouts payments create order-7 --merchant acme --account shop-eur --amount 2500 --currency EUR \\',
      '',
    ],
    ['    --email anna@shop.example --return-url https://shop.example/paid', 'the page to send the payer to'],
    ['payouts payments create order-8 … --recurrent-of order-7', 'charge the same card again'],
    ['payouts payments create --json-input - --wait < payment.json', 'as a program does it'],
  ]);
}
