/** `ofx-sync check --balances`: finds missing transactions and days by the balances and periods of the statements. */

import { accountKey } from '../../model/account.js';
import { shellWord } from '../../model/shell-word.js';
import type { Gap } from '../../ports.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { configOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { amountText } from '../terminal/wording.js';

export async function balancesCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const config = await configOf(invocation);
  const chosen = new Set(chosenAccounts(config, words).map(accountKey));
  return withStoreForReading(invocation, async (store) => {
    const gaps = (store?.gaps() ?? []).filter(({ institution, account }) => chosen.has(`${institution}/${account}`));
    if (options.json === true) await write(io.stdout, `${JSON.stringify({ version: 1, gaps }, null, 2)}\n`);
    else if (gaps.length > 0) await write(io.stdout, gaps.map(gapText).join(''));
    else if (options.quiet !== true)
      await write(io.stdout, 'Every balance agrees with the transactions, and no day is missing.\n');
    return gaps.length === 0 ? EXIT.ok : EXIT.someFailed;
  });
}

function gapText({ institution, account, from, to, missing }: Gap): string {
  const key = visible(`${institution}/${account}`);
  if (missing === null)
    return `${key}: no statement covers ${from} to ${to}\n  If your bank offers a file of these days, download it, then: ofx-sync import FILE\n`;
  return `${key}: the balances of ${from} and ${to} differ by ${amountText(missing.amount, missing.currency)} more than the transactions in between\n  Download them again: ofx-sync sync ${shellWord(key)} --since ${from}. If the difference remains, compare with the website of your bank.\n`;
}
