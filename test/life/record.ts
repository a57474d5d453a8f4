/** What a bank delivered of one account, and what has to be stored of it in the end. */

import type { Listed, Statement } from './bank/behaviour.js';
import { isListed, type Version } from './bank/version.js';
import { asKept, type Expected } from './judge.js';
import type { Kept } from './policies.js';

export interface Delivery extends Statement {
  /** When it was made. */
  readonly moment: number;
  readonly isFile: boolean;
  /** The source among several that took the place of each other. */
  readonly stage?: number;
}

interface Sighting {
  readonly moment: number;
  readonly isFile: boolean;
  readonly stage: number;
  readonly row: Listed;
}

/** Returns the movements that have to be stored after these deliveries, as the bank said them last. */
export function expectedOf(deliveries: readonly Delivery[], ledger: readonly Version[], end: number): Expected[] {
  const alive = new Set(
    ledger.filter((one) => one.counts && !one.isPending && isListed(one, end)).map(({ truth }) => truth),
  );
  const deleted = deletedIn(deliveries);
  return [...sightings(deliveries)].flatMap(([truth, seen]): Expected[] => {
    const isRequired = alive.has(truth);
    if (!isRequired && (deleted.has(truth) || isSeenGone(truth, seen, deliveries))) return [];
    const isOfSeveral = deliveries.some(({ stage = 0 }) => stage > 0);
    return [
      { truth, isRequired, accepted: acceptedOf(seen), isOfSeveral, versions: seen.map(({ row }) => asKept(row)) },
    ];
  });
}

function sightings(deliveries: readonly Delivery[]): ReadonlyMap<string, readonly Sighting[]> {
  const all = new Map<string, Sighting[]>();
  for (const { rows, moment, isFile, stage = 0 } of deliveries.toSorted((a, b) => a.moment - b.moment))
    for (const row of rows) {
      // A row that was replaced says nothing any longer, even if it is listed.
      if (row.isPending || !row.counts) continue;
      const known = all.get(row.truth);
      if (known === undefined) all.set(row.truth, [{ moment, isFile, stage, row }]);
      else known.push({ moment, isFile, stage, row });
    }
  return all;
}

function deletedIn(deliveries: readonly Delivery[]): ReadonlySet<string> {
  const rows = deliveries.flatMap((one) => one.rows.filter(({ corrects }) => corrects?.action === 'DELETE'));
  return new Set(rows.map(({ truth }) => truth));
}

/** Returns `true` when a later download of all rows of the day no longer had it. */
function isSeenGone(truth: string, seen: readonly Sighting[], deliveries: readonly Delivery[]): boolean {
  const last = seen.at(-1);
  if (last === undefined) return false;
  const { day } = last.row;
  return deliveries.some(
    ({ moment, isFile, isComplete, from, to, rows }) =>
      moment > last.moment &&
      !isFile &&
      isComplete &&
      from <= day &&
      to >= day &&
      !rows.some((one) => one.truth === truth),
  );
}

/** Returns the last download, and what files say after it; and the last file and former sources, which spell in their own way. */
function acceptedOf(seen: readonly Sighting[]): Kept[] {
  const stages = [...new Map(seen.map((one) => [one.stage, one])).values()];
  if (stages.length > 1) return stages.toReversed().map(({ row }) => asKept(row));
  const download = seen.findLast(({ isFile }) => !isFile);
  const files = seen.filter(({ isFile, moment }) => isFile && moment >= (download?.moment ?? Number.POSITIVE_INFINITY));
  const file = seen.findLast(({ isFile }) => isFile);
  const all = [download, ...files, file].flatMap((one) => (one === undefined ? [] : [asKept(one.row)]));
  return all;
}

/** Returns the movements that the bank lists, of the days of the first request on, and that it was never asked for. */
export function unseenOf(deliveries: readonly Delivery[], ledger: readonly Version[], end: number): readonly Version[] {
  const first = deliveries.find(({ isFile }) => !isFile);
  if (first === undefined) return [];
  const seen = new Set(deliveries.flatMap(({ rows }) => rows.map(({ truth }) => truth)));
  const missed = ledger.filter(
    (one) => isListed(one, end) && !one.isPending && one.counts && one.day >= first.from && !seen.has(one.truth),
  );
  return [...new Map(missed.map((one) => [one.truth, one])).values()];
}
