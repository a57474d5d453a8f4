/** The program as its user has it: accounts.yaml, a store, `sync`, and `import`. */

import { join } from 'node:path';
import type { LifeAccount } from './account.js';
import type { SourceKind } from './bank/behaviour.js';
import { dayNumber } from './calendar.js';
import { movingEntry, syncMoving } from './moving-household.js';
import type { Kept } from './policies.js';

/** The parts of the program that a life uses: of `src/` in a test, of `dist/` in the benchmark. */
export interface Program {
  readonly loadConfigText: typeof import('../../src/config/load.js')['loadConfigText'];
  readonly openStore: typeof import('../../src/store/open.js')['openStore'];
  readonly wire: typeof import('../../src/wiring.js')['wire'];
  readonly sync: typeof import('../../src/sync/sync.js')['sync'];
  readonly importStatements: typeof import('../../src/sync/import.js')['importStatements'];
  readonly replay: typeof import('../../src/sync/import.js')['replay'];
  readonly readOfx: typeof import('../../src/ofx/read.js')['readOfx'];
}

export type Store = Awaited<ReturnType<Program['openStore']>>;

export interface Household {
  readonly store: Store;
  /** Syncs some banks. @returns the texts of the notices for each. */
  sync(names: readonly string[]): Promise<Map<string, string[]>>;
  /** Syncs an account that moves, from the source that it has now. @returns the texts of the notices. */
  syncMoving(account: LifeAccount, moment: number): Promise<string[]>;
  importFile(text: string, path: string): Promise<string[]>;
  /** Reads all kept replies again. */
  replay(): Promise<void>;
  transactions(name: string): Kept[];
  /** All stored rows of an account with everything in them, removed and pending ones, too. */
  rows(name: string): string[];
  close(): void;
}

/** The sources that accounts that move have now. */
type Sources = ReadonlyMap<LifeAccount, SourceKind>;

/** Returns accounts.yaml with one account at each bank. */
export function configText(
  accounts: readonly LifeAccount[],
  { url, keepReplies, sources }: { readonly url: string; readonly keepReplies: number; readonly sources: Sources },
): string {
  const fixed = accounts.filter(({ moving }) => moving === undefined);
  const banks = fixed.map(({ behaviour: { name }, id, version }) =>
    [
      `  - name: ${name}`,
      `    url: ${url}/${encodeURIComponent(name)}`,
      '    userId: me',
      '    password: { literal: demo }',
      `    ofxVersion: "${version}"`,
      '    profile: never',
      `    accounts: [{ name: main, kind: checking, id: "${id}", routing: "121000248" }]`,
    ].join('\n'),
  );
  const moving = accounts.flatMap((one) =>
    one.moving === undefined ? [] : [movingEntry(one, sources.get(one) ?? 'url')],
  );
  const list = [...banks, ...moving].join('\n');
  return `defaults: { keepReplies: ${keepReplies}, concurrency: 20, retries: 0 }\ninstitutions:\n${list}\n`;
}

export async function openHousehold(
  program: Program,
  {
    text,
    folder,
    now,
  }: { readonly text: (sources: Sources) => string; readonly folder: string; readonly now: () => Date },
): Promise<Household> {
  const sources = new Map<LifeAccount, SourceKind>();
  const load = () => program.loadConfigText(text(sources), join(folder, 'accounts.yaml'));
  const config = await load();
  const store = await program.openStore(join(folder, 'data'));
  const { signal } = new AbortController();
  return {
    store,
    syncMoving: async (account, moment) => {
      const notices = await syncMoving(program, account, moment, { store, folder, now });
      if (account.moving !== undefined) sources.set(account, account.moving.sourceAt(moment).source);
      return textsOf(notices);
    },
    sync: async (names) => {
      const wiring = program.wire({ config, store, env: {}, now });
      const { outcomes } = await program.sync(config, { names }, wiring.ports);
      await wiring.close();
      const texts = outcomes.map((one): [string, string[]] => {
        if (one.status !== 'ok') throw new Error(`${one.account.institution}: ${one.error.code} ${one.error.message}`);
        return [one.account.institution, textsOf(one.notices)];
      });
      return new Map(texts);
    },
    importFile: async (content, path) => {
      const body = Buffer.from(content, 'latin1');
      const at = now();
      const context = { store, at, runId: null, origin: path };
      const { saved, refused } = program.importStatements(
        await program.readOfx(body, signal),
        config.institutions,
        context,
      );
      if (saved.length !== 1 || refused.length > 0) throw new Error(`${path}: ${saved.length} statements were stored`);
      if (config.defaults.keepRepliesDays > 0)
        store.keepReply({ body, httpStatus: 0, origin: path }, { runId: null, institution: '', wanted: [], at });
      return saved.flatMap(({ notices }) => textsOf(notices));
    },
    replay: async () => {
      const read = (bytes: Uint8Array) => program.readOfx(bytes, signal);
      await program.replay(await load(), { since: new Date(0), now: now(), store, read });
    },
    transactions: (name) => [...storedRows(store, name)],
    rows: (name) => {
      const accounts = [{ institution: name, name: 'main' }];
      return [...store.transactions({ accounts, withRemoved: true })].map((row) => JSON.stringify(row));
    },
    close: () => store.close(),
  };
}

/** Balances and days that are missing stand among the gaps, as long as they are. */
function textsOf(notices: readonly { readonly code: string; readonly message: string }[]): string[] {
  return notices.flatMap(({ code, message }) => (code === 'balance-gap' || code === 'coverage-gap' ? [] : [message]));
}

function* storedRows(store: Store, name: string): Iterable<Kept> {
  const accounts = [{ institution: name, name: 'main' }];
  for (const { postedOn, amount, name: text, memo, pending } of store.transactions({ accounts }))
    if (!pending) yield { day: dayNumber(postedOn), cents: centsOf(amount), name: text ?? '', memo };
}

function centsOf(amount: string): number {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  const cents = Number(`${whole}${decimals.padEnd(2, '0')}`);
  if (whole === '' || decimals.length > 2) throw new Error(`not an amount in cents: ${amount}`);
  return sign === '-' ? -cents : cents;
}
