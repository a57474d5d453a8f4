/** A life as the files that its banks delivered, for other programs that keep statements, and the verdict on what they keep. */

import type { LifeAccount } from './account.js';
import { writeStatement } from './bank/write.js';
import { judge } from './judge.js';
import type { Kept } from './policies.js';
import { expectedOf } from './record.js';
import type { Figures } from './report.js';

/** Returns every statement and file of an account, oldest first, as it was sent. */
export function filesOf({ deliveries, id, version }: LifeAccount): readonly string[] {
  return deliveries
    .toSorted((a, b) => a.moment - b.moment)
    .map(({ moment, isFile, ...statement }) =>
      writeStatement(statement, {
        version: isFile ? '102' : version,
        accountId: id,
        trnuid: isFile ? null : '1',
        serverMoment: moment,
      }),
    );
}

/** Judges what a program keeps of an account, as the report does for this one. */
export function verdictOn({ deliveries, bank }: LifeAccount, kept: readonly Kept[]): Omit<Figures, 'reported'> {
  const end = Math.max(0, ...deliveries.map(({ moment }) => moment));
  const { right, problems } = judge(expectedOf(deliveries, bank.ledger, end), kept);
  const count = (kind: (typeof problems)[number]['kind']) => problems.filter((one) => one.kind === kind).length;
  return { right, lost: count('lost'), doubled: count('doubled'), distorted: count('distorted') };
}

export { behavioursWith } from './behaviours/index.js';
export { dayNumber } from './calendar.js';
export { live } from './life.js';
