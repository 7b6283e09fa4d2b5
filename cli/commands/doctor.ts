import { Command } from 'commander';
import { globalsOf, quietExit, teach, type Cli } from '../cli.js';
import { EXIT } from '../cli-error.js';
import { diagnose, type Finding } from '../doctor/diagnose.js';
import { printJson, printLine } from '../io.js';

export function doctorCommand({ io, env }: Cli): Command {
  const command = new Command('doctor')
    .description('Check that everything a payout needs is there, and say what to do where it is not.')
    .option('--json', 'one JSON object')
    .action(async ({ json }: { readonly json?: true }) => {
      const findings = await diagnose(globalsOf(command), env);
      const ok = findings.every((finding) => finding.ok);
      if (json) printJson(io, { ok, findings });
      else for (const finding of findings) for (const line of describe(finding)) printLine(io, line);
      if (!ok) throw quietExit(EXIT.failed);
    });

  function describe({ ok, name, words, remedy }: Finding): string[] {
    const sign = ok ? io.colors.green('✔') : io.colors.red('✖');
    return [`${sign} ${name.padEnd(13)} ${words}`, ...(remedy === undefined ? [] : [`    → ${remedy}`])];
  }

  return teach(command, [['payouts doctor', 'exit code 0 only if all is well']]);
}
