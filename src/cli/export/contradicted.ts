/** Reports the balances of a journal that no longer hold: the bank booked something late, on a day before them. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Contradiction, Exporter, ExportInput } from '../../ports.js';

interface Found {
  readonly first: Contradiction;
  readonly lines: number[];
}

/** Returns a line for each account, with the lines of the file that its user has to remove. Read before the file grows. */
export async function contradictedLines(
  path: string,
  { exporter, input }: { readonly exporter: Exporter; readonly input: ExportInput },
): Promise<readonly string[]> {
  const contradictionIn = exporter.contradictions?.(input);
  if (contradictionIn === undefined) return [];
  const found = new Map<string, Found>();
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    const contradiction = contradictionIn(line);
    if (contradiction === null) continue;
    const name = `${contradiction.kind} ${contradiction.account}`;
    const { lines } = found.get(name) ?? {};
    if (lines === undefined) found.set(name, { first: contradiction, lines: [number] });
    else lines.push(number);
  }
  return [...found.values()].map((one) => reportOf(one, path));
}

/** `late 2026-11-02 river/checking F1 -5.00 USD: contradicts the balance of 2026-11-07 in bank.journal, line 41; remove it` */
function reportOf({ first: { transaction, day, account: opened, since }, lines }: Found, path: string): string {
  if (transaction === null)
    return `early ${since}: ${opened} is opened on ${day} in ${path}, line ${lines.join(', ')}. Change this day to ${since}.`;
  const { postedOn, institution, account, fitid, id, amount, currency } = transaction;
  const late = `late ${postedOn} ${institution}/${account} ${fitid ?? id} ${amount} ${currency}`;
  const [only] = lines;
  if (lines.length === 1)
    return `${late}: contradicts the balance of ${day} in ${path}, line ${only}. Remove this balance.`;
  return `${late}: contradicts ${lines.length} balances in ${path}, lines ${lines.join(', ')}. Remove these balances.`;
}
