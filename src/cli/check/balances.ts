/** `ofx-sync check --balances`: finds missing transactions and days by the balances and periods of the statements. */

import { accountKey } from '../../model/account.js';
import { shellWord } from '../../model/shell-word.js';
import type { Gap } from '../../ports.js';
import { beforeGap } from '../../sync/date-windows.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { configToRead } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { exactText, excessText } from '../terminal/wording.js';

export async function balancesCommand(invocation: Invocation): Promise<number> {
  const { config } = await configToRead(invocation);
  const chosen = new Set(chosenAccounts(config, invocation.words).map(accountKey));
  return withStoreForReading(invocation, async (store) => {
    const gaps = (store?.gaps() ?? []).filter(({ institution, account }) => chosen.has(`${institution}/${account}`));
    const lines = gaps.flatMap(gapLines);
    await printResult(invocation, {
      json: { version: 1, gaps },
      text: gaps.length > 0 ? lines : ['Every balance agrees with the transactions, and no day is missing.'],
      quiet: lines,
    });
    return gaps.length === 0 ? EXIT.ok : EXIT.someFailed;
  });
}

function gapLines({ institution, account, from, to, missing, excess = [] }: Gap): string[] {
  const key = visible(`${institution}/${account}`);
  if (missing === null)
    return [
      `${key}: no statement covers ${from} to ${to}`,
      '  If your bank offers a file of these days, download it, then: ofx-sync import FILE',
    ];
  return [
    `${key}: the balances of ${from} and ${to} differ by ${exactText(missing.amount, missing.currency)} more than the transactions in between`,
    ...excess.map((one) => `  May be one too many: ${excessText(one)}`),
    `  Download them again: ofx-sync sync ${shellWord(key)} --since ${beforeGap({ from })}. If the difference remains, compare with the website of your bank.`,
  ];
}
