import { expect, it } from 'vitest';
import { createPurge } from '../../gateway/keep-cvv.js';
import { until } from './harness.js';

it('deletes unused secrets again and again, also after the journal was away', async () => {
  let rounds = 0;
  const warned: string[] = [];
  const purge = createPurge(
    {
      oneTimeSecrets: {
        put: () => Promise.reject(new Error('not here')),
        take: () => Promise.reject(new Error('not here')),
        purge: async () => {
          rounds += 1;
          if (rounds === 1) throw new Error('away');
          return 1;
        },
      },
    },
    { info: () => undefined, warn: (words) => warned.push(words), error: () => undefined },
    10,
  );
  purge.start();
  await until(() => rounds >= 3);
  purge.stop();
  expect(warned).toEqual(['one-time secrets not purged']);
});
