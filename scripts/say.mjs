/** Progress goes to stderr: stdout belongs to the command that set-up runs before (`npm run demo -- --json`). */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends the process with words for the person who must act, not with a stack trace. */
export function giveUp(line) {
  say(`\n${line}`);
  process.exit(1);
}

/** Says what begins, and, if it took long enough to be noticed, how long it took. */
export async function step(what, work) {
  const started = Date.now();
  say(`· ${what} …`);
  const result = await work();
  const seconds = (Date.now() - started) / 1000;
  if (seconds >= 2) say(`  done in ${seconds.toFixed(0)} s`);
  return result;
}

/** A line that replaces itself in a terminal, and is simply the next one in a log. */
export function progress(line) {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K  ${line}` : `  ${line}\n`);
}

/** After the last of the lines above. */
export function endProgress(line) {
  say(`${process.stderr.isTTY ? '\n' : ''}· ${line}`);
}
