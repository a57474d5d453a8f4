/** One account of a life: its bank, its deliveries, the notices about it, and the same deliveries under other policies. */

import { type Bank, openBank } from './bank/bank.js';
import type { Behaviour, FileDownload, Gaps, SourceKind, Span } from './bank/behaviour.js';
import { writeStatement } from './bank/write.js';
import { fitidSet, fuzzy, type Policy } from './policies.js';
import { type Random, randomOf } from './random.js';
import type { Delivery } from './record.js';
import { truthOf } from './truth.js';

export interface LifeAccount {
  readonly behaviour: Behaviour;
  readonly bank: Bank;
  readonly id: string;
  readonly version: '102' | '203';
  /** Moments of the syncs. */
  readonly syncs: readonly number[];
  readonly downloads: readonly FileDownload[];
  readonly deliveries: readonly Delivery[];
  /** Texts of all notices about the account. */
  readonly notices: readonly string[];
  readonly policies: Readonly<Record<'fitids' | 'fuzzy', Policy>>;
  answer(asked: { readonly trnuid: string; readonly from: number; readonly to: number | null }, moment: number): string;
  file(download: FileDownload): string;
  noticed(texts: readonly string[]): void;
  /** Set for an account that moves from one source to another. */
  readonly moving?: Moving;
}

export interface Moving {
  /** Returns the source of a moment, and the first day of its first statement, before that has come. */
  sourceAt(moment: number): { readonly source: SourceKind; readonly since: number | null };
  /** Returns the file that the customer downloads before a sync, with all days since the last one. */
  newFile(moment: number): string;
}

export function openAccount(
  behaviour: Behaviour,
  { seed, number, span }: { readonly seed: string; readonly number: number; readonly span: Span },
): LifeAccount {
  const truth = truthOf(`${behaviour.name} ${seed}`, { from: 0, to: span.last + 5 });
  const bank = openBank(behaviour, truth, seed);
  const random = randomOf(`schedule ${behaviour.name} ${seed}`);
  const { isOnline = true, gaps = usual, files, clockHours = 0 } = behaviour;
  const version = number % 2 === 0 ? '102' : '203';
  const id = String(7_000_000 + number);
  const { deliver, ...record } = openRecord();
  return {
    behaviour,
    bank,
    id,
    version,
    syncs: isOnline ? syncMoments(span, gaps, random) : [],
    downloads: files?.downloads(span, random) ?? [],
    ...record,
    answer: ({ trnuid, from, to }, moment) => {
      const statement = bank.statement({ from, to }, moment);
      deliver({ ...statement, moment, isFile: false });
      return writeStatement(statement, { version, accountId: id, trnuid, serverMoment: moment + clockHours });
    },
    file: (download) => {
      const statement = bank.file(download);
      deliver({ ...statement, moment: download.moment, isFile: true });
      return writeStatement(statement, { version: '102', accountId: id, trnuid: null, serverMoment: download.moment });
    },
  };
}

/** Keeps what was delivered and said of an account. */
export function openRecord(): Pick<LifeAccount, 'deliveries' | 'notices' | 'policies' | 'noticed'> & {
  readonly deliver: (delivery: Delivery) => void;
} {
  const deliveries: Delivery[] = [];
  const notices: string[] = [];
  const policies = { fitids: fitidSet(), fuzzy: fuzzy() };
  return {
    deliveries,
    notices,
    policies,
    noticed: (texts) => void notices.push(...texts),
    deliver: (delivery) => {
      deliveries.push(delivery);
      const posted = delivery.rows.filter(({ isPending, corrects }) => !isPending && corrects?.action !== 'DELETE');
      for (const policy of Object.values(policies)) policy.add(posted);
    },
  };
}

/** Mostly each day, in the morning or evening; sometimes a pause of weeks. */
export function usual(random: Random): number {
  if (random.chance(0.6)) return random.int(1, 3);
  if (random.chance(0.65)) return random.int(4, 10);
  return random.chance(0.75) ? random.int(12, 30) : random.int(32, 120);
}

/** Hours of a day at which a person may sync. */
const HOURS: readonly [morning: number, evening: number] = [7, 19];

export function syncMoments({ first, last }: Span, gaps: Gaps, random: Random): number[] {
  const moments: number[] = [];
  for (let half = 0; half < (last - first) * 2; half += gaps(random))
    moments.push((first + Math.floor(half / 2)) * 24 + HOURS[half % 2 === 0 ? 0 : 1]);
  return [...moments, last * 24 + HOURS[1]];
}
