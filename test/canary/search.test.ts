import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CARDS, marksOf, type Mark } from '../../canary/marks.js';
import { leaksIn, search, type Place } from '../../canary/search.js';
import { isCardNumber } from '../../domain/card.js';
import { tempDir } from '../support/temp-dir.js';

const SECRET: Mark = { what: 'password', secrecy: 'credential', text: 'pass"word\n7391/ä' };
const CARD: Mark = { what: 'card', secrecy: 'card', text: CARDS.byClient };

const inBytes = (bytes: Buffer | string, allowed: Place['allowed'] = []): Place => ({
  name: 'somewhere',
  allowed,
  content: { bytes: Buffer.from(bytes) },
});

const inFile = (file: string): Place => ({ name: file, allowed: [], content: { file } });

it('finds a secret however it is spelt, with anything before and after it', async () => {
  const spellings: readonly ((text: string, around: Buffer) => Buffer)[] = [
    (text, around) => Buffer.concat([around, Buffer.from(text), around]),
    (text, around) => Buffer.concat([around, Buffer.from(JSON.stringify({ text }))]),
    (text, around) => Buffer.concat([around, Buffer.from(encodeURIComponent(text))]),
    (text, around) => Buffer.from(Buffer.concat([around, Buffer.from(text), around]).toString('base64')),
    (text, around) => Buffer.from(Buffer.concat([around, Buffer.from(text), around]).toString('base64url')),
    (text) => Buffer.from(Buffer.from(text).toString('hex')),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...spellings),
      fc.constantFrom(SECRET, CARD),
      fc.uint8Array({ maxLength: 40 }),
      async (spell, mark, around) => {
        const { found } = await search(inBytes(spell(mark.text, Buffer.from(around))), [SECRET, CARD]);
        expect(found).toEqual([mark]);
      },
    ),
  );
  expect((await search(inBytes('card 2200 0000 0018 0004'), [CARD])).found).toEqual([CARD]);
  expect((await search(inBytes('card 220000******0004'), [CARD])).found).toEqual([]);
});

it('finds it in a file, also where it straddles two pieces of it', async () => {
  const file = join(tempDir(), 'big');
  const bytes = Buffer.alloc(9 * 1024 * 1024, 'x');
  bytes.write(CARD.text, 4 * 1024 * 1024 - 7);
  writeFileSync(file, bytes);
  const searched = await search(inFile(file), [CARD, SECRET]);
  expect(searched).toMatchObject({ bytes: bytes.length, found: [CARD] });
});

it('tells what may be there from what may not', async () => {
  const name: Mark = { what: 'name', secrecy: 'person', text: 'Canarylast' };
  const text = `${name.text} ${CARD.text}`;
  expect(leaksIn(await search(inBytes(text, ['person']), [name, CARD]))).toEqual([CARD]);
  expect(leaksIn(await search(inBytes(text), [name, CARD]))).toEqual([name, CARD]);
});

it('marks cards that pass for cards, no two the same, and nothing too short to be looked for', () => {
  const numbers = Object.values(CARDS);
  expect(numbers.filter((number) => !isCardNumber(number))).toEqual([]);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(marksOf({ password: 'p4ssw0rd' }).filter(({ text }) => text.length < 5)).toEqual([]);
});

it('finds nothing in a file that is gone by now, and says so where one cannot be read', async () => {
  expect(await search(inFile(join(tempDir(), 'temporal.db-journal')), [CARD])).toMatchObject({
    bytes: 0,
    found: [],
  });
  await expect(search(inFile(tempDir()), [CARD])).rejects.toThrow('EISDIR');
});
