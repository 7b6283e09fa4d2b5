import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PayloadKeys } from '../secrets/payload-keys.js';
import type { SealingKeys } from '../secrets/sealing-keys.js';
import type { Embedded } from '../workers/embedded.js';

const schema = z.object({
  pid: z.number().int(),
  temporalAddress: z.string(),
  namespace: z.string(),
  uiUrl: z.string().optional(),
  gatewayUrl: z.string(),
  codecUrl: z.string().optional(),
  /** With all roles. */
  apiKey: z.string(),
  sealingPublicKeys: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }),
  payloadKeys: z.object({
    keys: z.array(z.object({ kty: z.literal('oct'), kid: z.string(), k: z.string() })).min(1),
  }),
  /** Base64. */
  fingerprintKey: z.string(),
  simulatorUrl: z.string().optional(),
  accountsFile: z.string().optional(),
  startedAt: z.string(),
});

/** What a running `payouts up` leaves in its data folder, so that the other commands find it. */
export type UpFile = Omit<z.infer<typeof schema>, 'sealingPublicKeys' | 'payloadKeys'> & {
  readonly sealingPublicKeys: SealingKeys;
  readonly payloadKeys: PayloadKeys;
};

/** What there is to leave of an engine of this process. */
export function upFileOf(embedded: Embedded, options: { accountsFile: string; now: number }): UpFile {
  return {
    pid: process.pid,
    temporalAddress: embedded.temporalAddress,
    namespace: embedded.namespace,
    uiUrl: embedded.uiUrl,
    gatewayUrl: embedded.gatewayUrl,
    codecUrl: embedded.codecUrl,
    apiKey: embedded.operatorKey,
    sealingPublicKeys: embedded.sealingPublicKeys,
    payloadKeys: embedded.payloadKeys,
    fingerprintKey: Buffer.from(embedded.fingerprintKey).toString('base64'),
    simulatorUrl: embedded.simulators[0]?.baseUrl,
    accountsFile: options.accountsFile,
    startedAt: new Date(options.now).toISOString(),
  };
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'up.json');
}

/** Readable by its owner alone: it holds a key with all roles, and the payload keys. */
export function writeUpFile(dataDir: string, up: UpFile): void {
  const path = pathIn(dataDir);
  const draft = `${path}.${up.pid}`;
  writeFileSync(draft, `${JSON.stringify(up, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** The engine that runs in this data folder; `undefined` if there is none, or its process is gone. */
export function readUpFile(dataDir: string): UpFile | undefined {
  let text: string;
  try {
    text = readFileSync(pathIn(dataDir), 'utf8');
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined;
}

export function removeUpFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Signal 0 asks without disturbing; EPERM means that it lives and belongs to somebody else. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
