import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Installer } from '../../embedded/install-temporal.js';

/** An executable shell script. */
export function script(path: string, body: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

/** Something that says of itself what the Temporal CLI says. */
export function fakeTemporal(path: string, name: string, server = '1.29.1'): string {
  return script(path, `echo "temporal version ${name} (Server ${server}, UI 2.42.1)"`);
}

/** Installs a fake, and counts how often it did. */
export function countingInstaller(name: string, delayMs = 0): Installer & { calls: () => number } {
  let calls = 0;
  const installer: Installer = async ({ folder, onProgress }) => {
    calls += 1;
    onProgress(`getting ${name}`);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    return { ok: true, path: fakeTemporal(`${folder}/some-name`, name) };
  };
  return Object.assign(installer, { calls: () => calls });
}

export const failing =
  (why: string): Installer =>
  async () => ({ ok: false, why });
