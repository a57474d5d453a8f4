/** One account at a bank that behaves in some way: its ledger over time, its statements, and the files of its site. */

import { dayOf } from '../calendar.js';
import { type Random, randomOf } from '../random.js';
import type { Movement } from '../truth.js';
import type { BalanceKind, Behaviour, FileDownload, Fitids, Listed, Occasion, Stated, Statement } from './behaviour.js';
import { stable } from './fitids.js';
import { bookedCents, firstVersion, isListed, type Version } from './version.js';

const OPENING_CENTS = 5_000_000;

export interface Bank {
  readonly behaviour: Behaviour;
  /** All versions of all movements. */
  readonly ledger: readonly Version[];
  /** Answers a request for the days from `from`, to `to` or until now. */
  statement(window: { readonly from: number; readonly to: number | null }, moment: number): Statement;
  file(download: FileDownload): Statement;
}

export function openBank(behaviour: Behaviour, truth: readonly Movement[], seed: string): Bank {
  const ledger = ledgerOf(behaviour, truth, seed);
  let statements = 0;
  let files = 0;
  const occasion = (kind: string, number: number, moment: number): Occasion => ({
    moment,
    number,
    random: randomOf(`${kind} ${behaviour.name} ${seed} ${number}`),
    account: `${kind} ${behaviour.name} ${seed}`,
  });
  return {
    behaviour,
    ledger,
    statement: (window, moment) => {
      statements += 1;
      return statementOf({ behaviour, ledger }, window, occasion('statement', statements, moment));
    },
    file: (download) => {
      files += 1;
      return fileOf({ behaviour, ledger }, download, occasion('file', files, download.moment));
    },
  };
}

function ledgerOf({ name, plans = [] }: Behaviour, truth: readonly Movement[], seed: string): Version[] {
  const randoms = plans.map((_, index): Random => randomOf(`plan ${index} ${name} ${seed}`));
  return truth.flatMap((movement, serial) => {
    let versions: readonly Version[] = [firstVersion(movement, serial)];
    for (const [index, plan] of plans.entries()) versions = plan(versions, randoms[index] ?? randomOf(name));
    return versions;
  });
}

interface Source {
  readonly behaviour: Behaviour;
  readonly ledger: readonly Version[];
}

function statementOf(
  { behaviour, ledger }: Source,
  window: { readonly from: number; readonly to: number | null },
  occasion: Occasion,
): Statement {
  const { moment } = occasion;
  const { fitids = stable, balance = 'now', order = 'oldest first', shapes = [], respell } = behaviour;
  const booked = ledger.filter((one) => isListed(one, moment));
  const listed = respell === undefined ? booked : booked.map(respell);
  const whole = {
    from: window.from,
    to: window.to ?? dayOf(moment),
    isComplete: true,
    ...balancesOf(balance, ledger, moment),
  };
  // A day of tomorrow is listed by a request without an end.
  const inWindow = ({ day }: Version) => day >= window.from && (window.to === null || day <= window.to);
  const all = () => withFitids(sorted(listed, order), fitids, occasion);
  let statement: Statement = { ...whole, rows: withFitids(sorted(listed.filter(inWindow), order), fitids, occasion) };
  for (const shape of shapes) statement = shape(statement, occasion, all);
  return statement;
}

function fileOf({ behaviour, ledger }: Source, { from, to, moment }: FileDownload, occasion: Occasion): Statement {
  const { files, fitids = stable, balance = 'now', order = 'oldest first' } = behaviour;
  const respell = files?.respell ?? ((row: Version) => row);
  const listed = ledger.filter((one) => isListed(one, moment) && !one.isPending && one.corrects?.action !== 'DELETE');
  const rows = listed.map(respell).filter(({ day }) => day >= from && day <= to);
  const stated = files?.hasBalance === true ? balancesOf(balance, ledger, moment) : { balance: null, available: null };
  return {
    from,
    to,
    isComplete: true,
    rows: withFitids(sorted(rows, order), files?.fitids ?? fitids, occasion),
    ...stated,
  };
}

function withFitids(rows: readonly Version[], fitids: Fitids, occasion: Occasion): Listed[] {
  const made = fitids(rows, occasion);
  const corrected = ({ corrects, ...row }: Version) =>
    corrects === null ? null : (fitids([{ ...row, corrects, key: corrects.key }], occasion)[0] ?? null);
  return rows.map((row, index) => ({ ...row, fitid: made[index] ?? null, correctsFitid: corrected(row) }));
}

function sorted(rows: readonly Version[], order: 'oldest first' | 'newest first'): readonly Version[] {
  const oldest = rows.toSorted((a, b) => a.day - b.day || a.from - b.from || a.serial - b.serial);
  return order === 'oldest first' ? oldest : oldest.toReversed();
}

function balancesOf(
  kind: BalanceKind,
  ledger: readonly Version[],
  moment: number,
): Pick<Statement, 'balance' | 'available'> {
  const today = dayOf(moment);
  const at = (when: number): number => OPENING_CENTS + bookedCents(ledger, when);
  const stated = (balance: Stated | null) => ({ balance, available: null });
  switch (kind) {
    case 'now':
      return stated({ cents: at(moment), day: today, hour: moment % 24 });
    case 'today':
      return stated({ cents: at(moment), day: today });
    case 'yesterday':
      return stated({ cents: at(today * 24 - 1), day: today - 1 });
    case 'lagging':
      return stated({ cents: at((today - 2) * 24 - 1), day: today - 3 });
    case 'available':
      return { balance: null, available: { cents: at(moment) + 50_000, day: today } };
    case 'absent':
      return stated(null);
  }
}
