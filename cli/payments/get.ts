import { Command } from 'commander';
import { paymentEventsSchema, paymentSchema } from '../../schemas/payment.js';
import { globalsOf, teach, type Cli } from '../cli.js';
import { findEngine } from '../context.js';
import { describeEvent } from '../describe-event.js';
import { callGateway } from '../gateway-api.js';
import { printJson, printLine } from '../io.js';
import { printPayment } from './print-payment.js';

interface GetOptions {
  readonly merchant: string;
  readonly events?: true;
  readonly json?: true;
}

export function getPaymentCommand({ io, env }: Cli): Command {
  const command = new Command('get')
    .argument('<payment-id>', 'your id of the payment')
    .description('Show one payment as the journal has it, also years later.')
    .requiredOption('--merchant <id>', 'whose payment it is')
    .option('--events', 'with its whole history: who, what, when, why')
    .option('--json', 'as one JSON object')
    .action(async (id: string, { merchant, events, json }: GetOptions) => {
      const engine = findEngine(globalsOf(command), env);
      const path = `/v1/payments/${encodeURIComponent(id)}`;
      const query = { merchant };
      const payment = paymentSchema.parse(await callGateway(engine, { path, query }));
      const history = events
        ? paymentEventsSchema.parse(await callGateway(engine, { path: `${path}/events`, query })).items
        : undefined;
      if (json) return printJson(io, history ? { ...payment, events: history } : payment);
      printPayment(io, payment);
      for (const event of history ?? []) printLine(io, `  ${describeEvent(event)}`);
    });
  return teach(command, [
    ['payouts payments get order-7 --merchant acme', 'how it stands'],
    ['payouts payments get order-7 --merchant acme --events', 'how it came to that'],
  ]);
}
