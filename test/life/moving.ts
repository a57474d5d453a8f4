/** An account that moves from one source to another: one ledger, of which each source tells in its own way. */

import { type LifeAccount, openRecord, syncMoments, usual } from './account.js';
import { openBank } from './bank/bank.js';
import type { Behaviour, Span, Stage } from './bank/behaviour.js';
import { writeStatement } from './bank/write.js';
import { writeAccountSet } from './bank/write-set.js';
import { dayOf } from './calendar.js';
import { randomOf } from './random.js';
import { truthOf } from './truth.js';

/** Days that the first statement of a source shares with those of the former one. */
const OVERLAP_DAYS = [10, 90] as const;
/** Days that a file shares with the one before it. */
const FILE_OVERLAP_DAYS = [3, 20] as const;

interface Part extends Stage {
  readonly number: number;
  /** Moment of its first sync. */
  readonly begins: number;
}

export function openMovingAccount(
  behaviour: Behaviour,
  { seed, number, span }: { readonly seed: string; readonly number: number; readonly span: Span },
): LifeAccount {
  const { stages = [] } = behaviour;
  const truth = truthOf(`${behaviour.name} ${seed}`, { from: 0, to: span.last + 5 });
  const random = randomOf(`move ${behaviour.name} ${seed}`);
  const begin = (index: number) => span.first + Math.floor(((span.last - span.first) * index) / stages.length);
  const syncs: number[] = [];
  const parts = stages.map((stage, index): Part => {
    const days = { first: begin(index), last: begin(index + 1) - random.int(1, 20) };
    const moments = syncMoments(days, stage.ways.gaps ?? usual, random);
    syncs.push(...moments);
    return { ...stage, number: index, begins: moments[0] ?? 0 };
  });
  const banks = stages.map(({ ways }) => openBank({ ...behaviour, ...ways }, truth, seed));
  const overlaps = stages.map(() => random.int(...OVERLAP_DAYS));
  const version = number % 2 === 0 ? '102' : '203';
  const id = String(7_000_000 + number);
  const { deliver, ...record } = openRecord();
  const at = (moment: number) => {
    const part = parts.findLast(({ begins }) => begins <= moment);
    const bank = banks[part?.number ?? -1];
    if (part === undefined || bank === undefined) throw new Error(`${behaviour.name} has no source yet`);
    return { part, bank };
  };
  const lastOf = (isOfPart: (stage: number | undefined) => boolean) => {
    const last = record.deliveries.findLast(({ stage }) => isOfPart(stage));
    return last === undefined ? null : dayOf(last.moment);
  };
  const sourceAt = (moment: number) => {
    const { part } = at(moment);
    const last = lastOf(() => true);
    const since =
      lastOf((stage) => stage === part.number) !== null || last === null ? null : last - (overlaps[part.number] ?? 0);
    return { source: part.source, since };
  };
  const [bank] = banks;
  if (bank === undefined) throw new Error(`${behaviour.name} has no source`);
  return {
    behaviour,
    bank,
    id,
    version,
    syncs,
    downloads: [],
    ...record,
    answer: ({ trnuid, from, to }, moment) => {
      const { part, bank: source } = at(moment);
      const statement = source.statement({ from, to }, moment);
      deliver({ ...statement, moment, isFile: false, stage: part.number });
      if (part.source === 'simplefin') return writeAccountSet(statement, id);
      return writeStatement(statement, { version, accountId: id, trnuid, serverMoment: moment });
    },
    file: () => {
      throw new Error('an account that moves has no files beside its source');
    },
    moving: {
      sourceAt,
      newFile: (moment) => {
        const { part, bank: source } = at(moment);
        const { since } = sourceAt(moment);
        const last = lastOf(() => true) ?? dayOf(moment) - 90;
        const from = since ?? last - random.int(...FILE_OVERLAP_DAYS);
        const statement = source.statement({ from, to: dayOf(moment) }, moment);
        deliver({ ...statement, moment, isFile: true, stage: part.number });
        return writeStatement(statement, { version: '102', accountId: id, trnuid: null, serverMoment: moment });
      },
    },
  };
}
