import { holdsCardNumber } from '../schemas/card-lookalike.js';
import { usageError } from './cli-error.js';
import { commandName } from './command-name.js';

/** Their values are long numbers by nature. */
const NUMBERED = ['--account-number', '--wallet-id', '--phone', '--recipient-phone', '--bank-id'];

/**
 * Refuses a card number among the arguments before anything else sees it: every user of a machine can read the process
 * list, and shells keep a history.
 */
export function refuseCardOnCommandLine(argv: readonly string[]): void {
  if (argv.some((argument) => /^--cv[vc]2?(=|$)/i.test(argument))) throw cvvRefused();
  const holds = argv.some((argument, index) => {
    const [name = '', value] = argument.split(/=(.*)/s);
    const numbered =
      NUMBERED.includes(argv[index - 1] ?? '') || (value !== undefined && NUMBERED.includes(name));
    return !numbered && holdsCardNumber(argument);
  });
  if (!holds) return;
  throw usageError(
    'a card number stands on the command line, where other users of this machine and the shell’s history can read ' +
      'it. Nothing was done. Give it by --card-number-stdin (from a file or a pipe), by --json-input - , or type it at ' +
      `the prompt of "${commandName()} create --destination card"; and remove it from the history.`,
  );
}

function cvvRefused(): Error {
  return usageError(
    'a CVV stands on the command line, where other users of this machine and the shell’s history can read it. Nothing ' +
      'was done. It is asked for at a prompt, or read by --card-number-stdin (the second line) or --json-input; and ' +
      'remove it from the history.',
  );
}
