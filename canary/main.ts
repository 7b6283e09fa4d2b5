/**
 * Puts marked secrets into a whole engine, through every provider and every door, and then looks for them wherever a
 * thief would: Temporal's database and histories, the journal, logs, metrics, error answers, command lines.
 *
 *   npm run canary
 *   npm run canary -- --plant log,error,search-attribute      # must fail: the search can find
 *
 * Exit code 0: nothing leaked. 1: something did. 2: it could not be searched, or a planted leak was not found.
 */
import { parseArgs } from 'node:util';
import { chanceOf } from '../chaos/plan/chance.js';
import { openGround } from '../chaos/stage/ground.js';
import { startStage, type Stage } from '../chaos/stage/start-stage.js';
import { keepAnswers } from './answers.js';
import { marksOf, type Mark } from './marks.js';
import { paymentToken } from './payment-token.js';
import { placesOf } from './places.js';
import { commandWith, isSeen, readLeaks, type Leak } from './planted/leaks.js';
import { leakBySearchAttribute } from './planted/search-attribute.js';
import { play } from './play.js';
import { leaksIn, search, type Searched } from './search.js';

// With `exit` the processes that were started end too.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

process.exit(await main());

async function main(): Promise<number> {
  try {
    const { plant, keep = false } = parseArgs({
      options: { plant: { type: 'string' }, keep: { type: 'boolean' } },
    }).values;
    return (await fly(readLeaks(plant), keep)) ? 0 : 1;
  } catch (error) {
    console.error(`canary: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

async function fly(planted: readonly Leak[], keep: boolean): Promise<boolean> {
  const ground = await openGround('canary', (line) => console.error(line));
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const stage = await startStage({
      ...ground,
      chance: chanceOf(1),
      commandOf: (command) => commandWith(planted, command),
      onStop: (stop) => stops.push(stop),
    });
    stage.calm();
    return tell(await searched(stage, planted));
  } finally {
    for (const stop of stops.reverse()) await stop().catch(() => undefined);
    await ground.close(keep);
    if (keep) console.error(`Logs and Temporal's database are in ${ground.directory}`);
  }
}

async function searched(stage: Stage, planted: readonly Leak[]): Promise<readonly Searched[]> {
  const answers = keepAnswers(stage.gatewayUrl, stage.operatorKey);
  await play(stage, answers);
  if (planted.includes('search-attribute')) await leakBySearchAttribute(stage.temporal.address);
  const marks = marksOf({ ...stage.credentials, paymentToken: await paymentToken(stage) });
  const places = await placesOf(stage, answers);
  const results: Searched[] = [];
  for (const place of places) results.push(await search(place, marks));
  mustSee(results, planted);
  return results;
}

/** A search that finds nothing at all has searched nothing. */
function mustSee(results: readonly Searched[], planted: readonly Leak[]): void {
  const rows = results.find(({ place }) => place.name === 'journal: every row');
  if (!rows?.found.some(({ secrecy }) => secrecy === 'person')) {
    throw new Error('The search does not find in the journal what must be there');
  }
  if (!results.some(({ place, bytes }) => place.name === 'temporal.db' && bytes > 0)) {
    throw new Error("Temporal's database is not where the search looks for it");
  }
  const unseen = planted.filter((leak) => !isSeen(leak, results));
  if (unseen.length > 0) throw new Error(`The search does not find what was planted: ${unseen.join(', ')}`);
}

function tell(results: readonly Searched[]): boolean {
  let leaks = 0;
  for (const result of results) {
    for (const mark of leaksIn(result)) {
      leaks += 1;
      console.error(`${result.place.name} holds ${wordsOf(mark)}`);
    }
  }
  const bytes = results.reduce((sum, result) => sum + result.bytes, 0);
  console.log(JSON.stringify({ places: results.length, mib: Math.round(bytes / 2 ** 20), leaks }));
  return leaks === 0;
}

/** Not the secret itself: this goes to a log, too. */
function wordsOf({ what, secrecy }: Mark): string {
  return `${{ card: 'card data', credential: 'a credential', person: 'personal data' }[secrecy]}: ${what}`;
}
