/** Likeness of the texts of two transactions: files and downloads of one bank spell names and memos differently. Pure. */

import type { Content } from './content-index.js';

type Texts = Pick<Content, 'name' | 'memo'>;

/** Shorter texts are alike only when they are equal. */
const TELLING_LENGTH = 4;

/** Returns `true` when one text contains the other, or half of the words of both are the same. */
export function alike(a: Texts, b: Texts): boolean {
  const [mine, yours] = [wordsOf(a), wordsOf(b)];
  const [left, right] = [mine.join(''), yours.join('')];
  if (left === right) return true;
  if (Math.min(left.length, right.length) < TELLING_LENGTH) return false;
  if (left.includes(right) || right.includes(left)) return true;
  const known = new Set(yours);
  const shared = new Set(mine.filter((word) => known.has(word)));
  return shared.size * 2 >= Math.min(new Set(mine).size, known.size) && shared.size > 0;
}

function wordsOf({ name, memo }: Texts): readonly string[] {
  const text = memo === null || memo === name ? (name ?? '') : `${name ?? ''} ${memo}`;
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
