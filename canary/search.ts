import { open, type FileHandle } from 'node:fs/promises';
import type { Mark } from './marks.js';
import { spellingsOf } from './spellings.js';

/** Some place where something may have been left. */
export interface Place {
  readonly name: string;
  /** What may be there, because the documents say so. */
  readonly allowed: readonly Mark['secrecy'][];
  /** A file's path, or the bytes themselves. */
  readonly content: { readonly file: string } | { readonly bytes: Buffer };
}

export interface Searched {
  readonly place: Place;
  readonly bytes: number;
  /** All marks that are there, allowed or not. */
  readonly found: readonly Mark[];
}

/** Longer than any spelling: what straddles two pieces of a file is in one of them. */
const OVERLAP = 16 * 1024;

export async function search(place: Place, marks: readonly Mark[]): Promise<Searched> {
  const wanted = new Map(marks.map((mark) => [mark, spellingsOf(mark)]));
  const found: Mark[] = [];
  let bytes = 0;
  for await (const piece of piecesOf(place)) {
    bytes += piece.fresh;
    for (const [mark, spellings] of wanted) {
      if (!spellings.some((spelling) => piece.bytes.includes(spelling))) continue;
      found.push(mark);
      wanted.delete(mark);
    }
  }
  return { place, bytes, found };
}

/** What should not have been found. */
export function leaksIn({ place, found }: Searched): readonly Mark[] {
  return found.filter(({ secrecy }) => !place.allowed.includes(secrecy));
}

async function* piecesOf({ content }: Place): AsyncGenerator<{ bytes: Buffer; fresh: number }> {
  if ('bytes' in content) {
    yield { bytes: content.bytes, fresh: content.bytes.length };
    return;
  }
  let before = Buffer.alloc(0);
  const file = await openUnlessGone(content.file);
  if (!file) return;
  for await (const chunk of file.createReadStream({ highWaterMark: 4 * 1024 * 1024 })) {
    const fresh = chunk as Buffer;
    const bytes = Buffer.concat([before, fresh]);
    yield { bytes, fresh: fresh.length };
    before = bytes.subarray(-OVERLAP);
  }
}

/** Databases in use delete files of theirs (SQLite its rollback journal): where one is gone by now, nothing is left. */
async function openUnlessGone(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
