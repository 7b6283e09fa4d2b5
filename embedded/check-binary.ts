import { accessSync, constants, statSync } from 'node:fs';
import { runCommand } from './run-command.js';

/** The oldest server that takes update-with-start without being told to. */
const OLDEST_SERVER = [1, 28] as const;

export type BinaryCheck =
  { readonly ok: true; readonly version: string } | { readonly ok: false; readonly why: string };

/** Is it the Temporal CLI, does it run here, and is the server in it new enough? */
export async function checkBinary(path: string): Promise<BinaryCheck> {
  try {
    if (!statSync(path).isFile()) return { ok: false, why: 'is not a file' };
    accessSync(path, constants.X_OK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { ok: false, why: missing ? 'does not exist' : 'is not executable' };
  }
  const result = await runCommand(path, ['--version'], { timeoutMs: 15_000 });
  if (!result.ok) return { ok: false, why: `does not run (${result.why})` };
  const version = /^temporal version .*/m.exec(result.output)?.[0];
  if (version === undefined)
    return { ok: false, why: 'is another program: it does not say "temporal version"' };
  const server = /Server (\d+)\.(\d+)/.exec(version);
  const [major, minor] = [Number(server?.[1] ?? 0), Number(server?.[2] ?? 0)];
  if (major < OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor < OLDEST_SERVER[1])) {
    return {
      ok: false,
      why: `is too old (${version}): its server must be ${OLDEST_SERVER.join('.')} or newer`,
    };
  }
  return { ok: true, version };
}
