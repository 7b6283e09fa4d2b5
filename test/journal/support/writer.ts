/** A process that writes to the journal in the directory it is given, and says what was committed, until it is killed. */
import { openJournal } from '../../../journal/open-journal.js';
import { answered, begin, keyOf, newPayout, PAID } from './samples.js';

const [, , directory = '', mode] = process.argv;
const journal = await openJournal({ kind: 'pglite', directory });
process.stdout.write('open\n');
// A holder only keeps the directory; a timer keeps the holder.
if (mode === 'hold') setInterval(() => undefined, 1_000);
else {
  for (;;) {
    const entry = newPayout();
    const key = keyOf(entry);
    await journal.payouts.accept(entry);
    process.stdout.write(`accepted ${key.merchant} ${key.payoutId}\n`);
    await begin(journal, key);
    process.stdout.write(`intended ${key.merchant} ${key.payoutId}\n`);
    await journal.payouts.endAttempt(key, 1, answered(PAID));
    process.stdout.write(`answered ${key.merchant} ${key.payoutId}\n`);
  }
}
