#!/usr/bin/env node
// Makes the files that docker-compose.yml names as secrets, those that are not there yet. Never changes one.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages } from './install-packages.mjs';
import { say } from './say.mjs';
import { root } from './source-files.mjs';

const folder = join(root, '.payouts/compose');
// The folder keeps other users of this host out; the files are read inside the containers, by other user ids.
mkdirSync(folder, { recursive: true, mode: 0o700 });

async function make(name, content) {
  const file = join(folder, name);
  if (existsSync(file)) return say(`· ${name} is there`);
  writeFileSync(file, await content(), { mode: 0o644 });
  return say(`· ${name} made`);
}

const password = () => randomBytes(24).toString('base64url');
await installPackages();
await build();
const { generateSealingKeys, publicSealingKeys } = await import('../dist/secrets/sealing-keys.js');
const { generatePayloadKeys } = await import('../dist/secrets/payload-keys.js');

for (const name of ['postgres_password', 'temporal_db_password', 'payouts_db_password'])
  await make(name, password);
await make('payouts_database_url', () => {
  const word = readFileSync(join(folder, 'payouts_db_password'), 'utf8');
  return `postgres://payouts:${word}@postgres:5432/payouts`;
});
await make('sealing_keys', async () => JSON.stringify(await generateSealingKeys()));
// All that the gateway is given of them. After a rotation: delete it, and make it again.
await make('sealing_public_key', () => {
  const keys = JSON.parse(readFileSync(join(folder, 'sealing_keys'), 'utf8'));
  return JSON.stringify(publicSealingKeys(keys));
});
await make('payload_keys', () => JSON.stringify(generatePayloadKeys()));
await make('fingerprint_key', () => randomBytes(32).toString('base64'));
await make('hook_secret', () => `whsec_${randomBytes(32).toString('base64')}`);
say(
  `In ${folder}. Keep a copy of fingerprint_key, sealing_keys and payload_keys elsewhere: they cannot be made again.`,
);
