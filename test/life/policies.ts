/** Other ways to keep statements without doubling them, as other programs do it. */

import type { Listed } from './bank/behaviour.js';

/** A transaction as somebody has it in the end. */
export interface Kept {
  readonly day: number;
  readonly cents: number;
  readonly name: string;
  readonly memo: string | null;
}

export interface Policy {
  /** Adds the posted rows of a statement or file. */
  add(rows: readonly Listed[]): void;
  readonly kept: readonly Kept[];
}

/** Keeps the first row of each FITID; rows without one by their content. */
export function fitidSet(): Policy {
  const known = new Set<string>();
  const kept: Kept[] = [];
  return {
    kept,
    add: (rows) => {
      for (const row of rows) {
        const key = row.fitid ?? `${row.day} ${row.cents} ${row.name} ${row.memo ?? ''}`;
        if (known.has(key)) continue;
        known.add(key);
        kept.push(row);
      }
    },
  };
}

const FUZZY_DAYS = 3;

/** Takes a row for a kept one of the same amount within three days; each kept row is matched once by a statement. */
export function fuzzy(): Policy {
  const kept: Kept[] = [];
  const byAmount = new Map<number, Kept[]>();
  return {
    kept,
    add: (rows) => {
      const free = new Map<number, Set<Kept>>();
      const fresh: Kept[] = [];
      for (const row of rows) {
        const known = free.get(row.cents) ?? new Set(byAmount.get(row.cents) ?? []);
        free.set(row.cents, known);
        const match = nearest(row, known);
        if (match === null) fresh.push(row);
        else known.delete(match);
      }
      for (const row of fresh) {
        kept.push(row);
        byAmount.set(row.cents, [...(byAmount.get(row.cents) ?? []), row]);
      }
    },
  };
}

function nearest({ day }: Kept, among: ReadonlySet<Kept>): Kept | null {
  let best: Kept | null = null;
  for (const one of among)
    if (Math.abs(one.day - day) <= FUZZY_DAYS && (best === null || Math.abs(one.day - day) < Math.abs(best.day - day)))
      best = one;
  return best;
}
