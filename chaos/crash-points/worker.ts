/**
 * A worker that watches one payout: tells every point that it passes, and dies at one of them.
 *
 * Usage: worker.ts ID,ID [POINT OCCURRENCE]
 */
import { writeSync } from 'node:fs';
import { builtProduct } from '../stage/built.js';
import { POINT_MARK } from './told-points.js';
import { watchOf } from './watch.js';
import { watched } from './watched.js';

const [ids = '', name, occurrence] = process.argv.slice(2);

const watch = watchOf(ids.split(','), (point) => {
  // Told at once: there may be no later.
  writeSync(process.stdout.fd, `${POINT_MARK}${JSON.stringify(point)}\n`);
  if (point.name !== name || point.occurrence !== Number(occurrence)) return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing more is done, even if the signal takes a moment.
  for (;;);
});

const { readEnvironment, runWorker } = await builtProduct();
await runWorker(readEnvironment(), watched(watch));
