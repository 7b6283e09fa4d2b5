#!/usr/bin/env node
// The programs of PostgreSQL, for tests and chaos runs that start a private server of their own: found, or installed from
// the system's packages where this may be done without a password. Never writes to stdout.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { giveUp, progress } from './say.mjs';

const PACKAGED = '/usr/lib/postgresql';

if (!isHere()) {
  const admin = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (!runs('apt-get', ['--version'])) giveUp(`${remedy()} There is no apt-get to install it with.`);
  progress('Installing PostgreSQL');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'],
  ]) {
    const [program, ...rest] = [...admin, 'apt-get', ...args];
    const { status, stderr } = spawnSync(program, rest, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0)
      giveUp(
        `${remedy()} apt-get ${args[0]} failed: ${String(stderr ?? '')
          .trim()
          .slice(-500)}`,
      );
  }
  if (!isHere()) giveUp(`${remedy()} The package postgresql does not bring them.`);
}

function isHere() {
  const versions = existsSync(PACKAGED) ? readdirSync(PACKAGED) : [];
  const folders = [
    ...versions.map((version) => join(PACKAGED, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.some((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

function runs(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function remedy() {
  return "PostgreSQL's programs initdb and postgres are needed (apt-get install postgresql, brew install postgresql).";
}
