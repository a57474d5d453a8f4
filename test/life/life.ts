/**
 * Lives for months with many banks at once: on each day the accounts that are due are synced, over HTTP and by the clock of
 * the simulated world, and files of the banks' sites are imported. In the end each account is judged.
 */

import { type LifeAccount, openAccount } from './account.js';
import type { Behaviour } from './bank/behaviour.js';
import { startServer } from './bank/server.js';
import { clockAt } from './calendar.js';
import { configText, type Household, openHousehold, type Program } from './household.js';
import { openMovingAccount } from './moving.js';
import { type AccountReport, reportOn } from './report.js';

export interface LifeOptions {
  readonly behaviours: readonly Behaviour[];
  readonly seed: string;
  readonly months: number;
  /** Folder of the store. */
  readonly folder: string;
  /** Days for which replies are kept. */
  readonly keepReplies?: number;
  /** Returns the moment at which a file is imported that was downloaded at a moment. */
  readonly importAt?: (download: number, last: number) => number;
  /** Called after each moment at which something arrived. */
  readonly after?: (moment: number) => Promise<void>;
}

export interface Life {
  readonly accounts: readonly LifeAccount[];
  readonly household: Household;
  readonly syncs: number;
  readonly reports: () => readonly AccountReport[];
  close(): Promise<void>;
}

/** Lives from the first sync to the last. The store stays open until `close`. */
export async function live(program: Program, options: LifeOptions): Promise<Life> {
  const { behaviours, seed, months } = options;
  const span = { first: FIRST_DAY, last: FIRST_DAY + Math.round(months * 30.4) };
  const accounts = behaviours.map((behaviour, number) =>
    (behaviour.stages === undefined ? openAccount : openMovingAccount)(behaviour, { seed, number, span }),
  );
  const byName = new Map(accounts.map((one) => [one.behaviour.name, one]));
  let moment = 0;
  const server = await startServer(({ bank, ...asked }) => {
    const account = byName.get(bank);
    if (account === undefined) throw new Error(`no bank ${bank}`);
    return account.answer(asked, moment);
  });
  const keepReplies = options.keepReplies ?? 30;
  const text: Parameters<typeof openHousehold>[1]['text'] = (sources) =>
    configText(accounts, { url: server.url, keepReplies, sources });
  const household = await openHousehold(program, { text, folder: options.folder, now: () => clockAt(moment) });
  let syncs = 0;
  for (const event of eventsOf(accounts, options, span.last)) {
    moment = event.moment;
    if (event.due.length > 0) {
      syncs += 1;
      for (const [name, notices] of await household.sync(event.due)) byName.get(name)?.noticed(notices);
    }
    for (const account of event.moving) {
      syncs += 1;
      account.noticed(await household.syncMoving(account, moment));
    }
    for (const { account, download } of event.files)
      account.noticed(
        await household.importFile(account.file(download), `${account.behaviour.name}-${download.moment}.qfx`),
      );
    await options.after?.(moment);
  }
  return {
    accounts,
    household,
    syncs,
    reports: () => accounts.map((account) => reportOn(account, household)),
    close: async () => {
      household.close();
      await server.close();
    },
  };
}

const FIRST_DAY = 100;

interface Event {
  readonly moment: number;
  /** Names of the accounts to sync. */
  readonly due: string[];
  readonly moving: LifeAccount[];
  readonly files: { readonly account: LifeAccount; readonly download: LifeAccount['downloads'][number] }[];
}

function eventsOf(accounts: readonly LifeAccount[], { importAt }: LifeOptions, last: number): Event[] {
  const events = new Map<number, Event>();
  const at = (moment: number): Event => {
    const event = events.get(moment) ?? { moment, due: [], moving: [], files: [] };
    events.set(moment, event);
    return event;
  };
  for (const account of accounts) {
    for (const sync of account.syncs) {
      if (account.moving === undefined) at(sync).due.push(account.behaviour.name);
      else at(sync).moving.push(account);
    }
    for (const download of account.downloads) {
      const imported = importAt?.(download.moment, last * 24 + 23) ?? download.moment;
      at(Math.max(download.moment, imported)).files.push({ account, download });
    }
  }
  return [...events.values()].toSorted((a, b) => a.moment - b.moment);
}

/** Reads all kept replies and files again. @returns the number of rows that this added, changed or removed, by bank. */
export async function replayedRows({ accounts, household }: Life): Promise<ReadonlyMap<string, number>> {
  const rows = () => new Map(accounts.map(({ behaviour: { name } }) => [name, household.rows(name)]));
  const before = rows();
  await household.replay();
  return new Map([...rows()].map(([name, after]) => [name, differences(before.get(name) ?? [], after)]));
}

function differences(before: readonly string[], after: readonly string[]): number {
  const [were, are] = [new Set(before), new Set(after)];
  return after.filter((row) => !were.has(row)).length + before.filter((row) => !are.has(row)).length;
}
