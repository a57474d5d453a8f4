/** "Did you mean": the most similar of some words. */

/**
 * Returns the most similar word, at most a third of the length away in edits (insert, delete, replace, swap), else the only
 * one with that beginning; `null` if neither exists.
 */
export function nearest(word: string, words: Iterable<string>): string | null {
  const all = [...words];
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of all) {
    const distance = edits(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best ?? onlyBeginning(word.toLowerCase(), all);
}

function onlyBeginning(word: string, words: readonly string[]): string | null {
  const longer = words.filter((candidate) => candidate.toLowerCase().startsWith(word));
  return word.length >= 3 && longer.length === 1 ? (longer[0] ?? null) : null;
}

/** Returns the least number of inserted, deleted, replaced and swapped letters between two words. */
export function edits(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      row.push(value);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

/**
 * Returns the hint for a word that is not known: `Did you mean river?`, or `otherwise` when no word is near. The prefix makes
 * it what a person types: `--format `, or a command such as `ofx-sync help `, which stands after a colon.
 */
export function didYouMean(word: string, words: Iterable<string>, otherwise: string, prefix = ''): string {
  const near = nearest(word, words);
  return near === null ? otherwise : `Did you mean${prefix.startsWith('ofx-sync ') ? ':' : ''} ${prefix}${near}?`;
}
