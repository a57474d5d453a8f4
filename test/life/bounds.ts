/** The most errors that each behaviour may have, kept in `bounds.json`. */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AccountReport } from './report.js';

/** Most errors of a behaviour; in the file, zero is omitted. */
export interface Bound {
  readonly lost: number;
  readonly doubled: number;
  readonly distorted: number;
  readonly unreported: number;
  /** Rows that the bank lists and that were never requested. */
  readonly unseen: number;
  /** Gaps of days in which nothing is wrong. */
  readonly needless: number;
  /** Rows of the store that a replay adds, removes or changes. */
  readonly replayed: number;
}

type Bounds = Readonly<Record<string, Partial<Bound>>>;

const BOUNDS = fileURLToPath(new URL('bounds.json', import.meta.url));

export function figuresOf({ ours, unseen, needless }: AccountReport, replayed: number): Bound {
  const { lost, doubled, distorted, reported } = ours;
  return { lost, doubled, distorted, unreported: lost + doubled + distorted - reported, unseen, needless, replayed };
}

/**
 * Compares figures with the bounds of a list of behaviours; with OFX_SYNC_LIFE_BOUNDS=write they become the bounds.
 * @returns a line for each figure that is worse, and for each behaviour that only one of both has.
 */
export function worseThanBounds(
  figures: ReadonlyMap<string, Bound>,
  isOfList: (name: string) => boolean,
): readonly string[] {
  if (process.env['OFX_SYNC_LIFE_BOUNDS'] === 'write') writeBounds(figures, isOfList);
  const bounds = readBounds();
  const missing = [...figures.keys()].filter((name) => bounds[name] === undefined).map((name) => `${name}: no bounds`);
  const others = Object.keys(bounds)
    .filter((name) => isOfList(name) && !figures.has(name))
    .map((name) => `${name}: no such behaviour`);
  const worse = [...figures].flatMap(([name, figure]) =>
    Object.entries(figure).flatMap(([key, count]) => {
      const most = Object.entries(bounds[name] ?? {}).find(([other]) => other === key)?.[1] ?? 0;
      return count > most ? [`${name}: ${count} ${key}, at most ${most}`] : [];
    }),
  );
  return [...missing, ...others, ...worse];
}

function readBounds(): Bounds {
  return JSON.parse(readFileSync(BOUNDS, 'utf8')) as Bounds;
}

/** Keeps the bounds of other lists where they are. */
function writeBounds(figures: ReadonlyMap<string, Bound>, isOfList: (name: string) => boolean): void {
  const others = Object.entries(readBounds()).filter(([name]) => !isOfList(name));
  const mine = [...figures].map(([name, figure]): [string, Partial<Bound>] => [
    name,
    Object.fromEntries(Object.entries(figure).filter(([, count]) => count !== 0)),
  ]);
  const lines = [...others, ...mine].map(([name, figure]) => `  ${JSON.stringify(name)}: ${spaced(figure)}`);
  writeFileSync(BOUNDS, `{\n${lines.join(',\n')}\n}\n`);
}

function spaced(figure: Partial<Bound>): string {
  const entries = Object.entries(figure).map(([key, count]) => `"${key}": ${count}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
