/** A server of `serve` in this process, over a store that a test fills, and a program that reads from it. */

import { randomUUID } from 'node:crypto';
import { livePage } from '../../src/cli/serve/live-page.js';
import { classifierFor } from '../../src/exporters/input.js';
import { type Account, accountKey } from '../../src/model/account.js';
import { isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { Config, Institution } from '../../src/model/institution.js';
import type { Statement, Transaction } from '../../src/model/statement.js';
import type { Store } from '../../src/ports.js';
import { createGatekeeper } from '../../src/serve/access.js';
import { accessUrl, routesOf } from '../../src/serve/routes.js';
import { newSecret, secretText } from '../../src/serve/secrets.js';
import { type RunningServer, type Served, startServer } from '../../src/serve/server.js';
import { type ServeAddress, serveAddress } from '../../src/serve/settings.js';
import { openStore } from '../../src/store/open.js';
import { type Snapshots, snapshotsOf } from '../../src/store/serving/snapshot.js';
import { openTokens, type Scope, type TokenKind, type Tokens } from '../../src/store/serving/tokens.js';
import { account, card, institution, statement } from './builders.js';

/** The clock of the server: noon of this day unless a test moves it. */
export const TODAY = '2026-11-20';
export const NOW = new Date(`${TODAY}T12:00:00Z`);

export const CHECKING = account();
export const SAVINGS = account({ name: 'savings', accountKind: 'savings', id: '000123457' });
export const CARD = card({ institution: 'summit' });
export const IRA = account({
  institution: 'harbor',
  name: 'ira',
  accountKind: 'investment',
  kind: 'investment',
  id: '77-1234',
  routing: null,
  accountType: null,
});

const river = institution({ accounts: [CHECKING, SAVINGS] });
const summit = institution({
  name: 'summit',
  url: 'https://ofx.summit.example/',
  org: 'SUMMIT',
  fid: '5001',
  accounts: [CARD],
});
const harbor = institution({ name: 'harbor', url: null, files: ['*.qfx'], org: null, fid: null, accounts: [IRA] });

export function configOf(institutions: readonly Institution[] = [river, summit, harbor]): Config {
  return {
    file: '/accounts.yaml',
    defaults: {
      historyDays: 90,
      overlapDays: 10,
      timeoutMs: 60_000,
      concurrency: 10,
      perInstitution: 1,
      retries: 0,
      keepRepliesDays: 30,
      staleAfterMs: 3 * 86_400_000,
      atMostEveryMs: 0,
    },
    institutions,
  };
}

export interface ServingScene {
  readonly server: RunningServer;
  readonly tokens: Tokens;
  readonly snapshots: Snapshots;
  readonly dataDir: string;
  /** The access URL of a new token. */
  readonly access: (scope?: Partial<Scope>) => Promise<string>;
  /** A token that nobody has claimed. */
  readonly setup: (name: string, kind?: TokenKind, scope?: Partial<Scope>) => Promise<string>;
  readonly store: Store;
  readonly served: readonly Served[];
  close(): Promise<void>;
}

export interface SceneOptions {
  readonly dataDir: string;
  readonly config?: Config;
  readonly now?: () => Date;
  readonly address?: ServeAddress;
}

export const ANY_PORT: ServeAddress = serveAddress({
  listen: '127.0.0.1:0',
  publicUrl: undefined,
  hasTls: false,
  behindProxy: false,
  plainHttp: false,
});

export async function servingScene({
  dataDir,
  config = configOf(),
  now = () => NOW,
  address = ANY_PORT,
}: SceneOptions): Promise<ServingScene> {
  const store = await openStore(dataDir);
  const [tokens, snapshots] = [openTokens(dataDir), snapshotsOf(dataDir)];
  const served: Served[] = [];
  const classify = await classifierFor(config);
  const server = await startServer({
    address,
    tls: null,
    onServed: (one) => served.push(one),
    routes: async (url) =>
      routesOf({
        gatekeeper: createGatekeeper({ tokens, now }),
        snapshots,
        current: async () => ({ config, classify }),
        url,
        now,
        metrics: async () => 'metrics\n',
        pages: {
          status: async (scope) => {
            const snapshot = snapshots.open();
            const text = await livePage({ snapshot, config, scope, now: now(), locale: 'en-US' });
            snapshot.close();
            return text;
          },
        },
      }),
  });
  const setup: ServingScene['setup'] = async (name, kind = 'reader', scope = {}) => {
    const { presented, kept } = newSecret();
    const createdAt = now();
    const expiresAt = new Date(createdAt.getTime() + 86_400_000);
    await tokens.add({
      name,
      kind,
      scope: { accounts: null, since: null, ...scope },
      createdAt,
      expiresAt,
      setup: kept,
    });
    return secretText(presented);
  };
  return {
    server,
    tokens,
    snapshots,
    dataDir,
    store,
    served,
    setup,
    access: async (scope = {}) => {
      const text = await setup(`reader ${randomUUID()}`, 'reader', scope);
      const { presented, kept } = newSecret();
      await tokens.claim(text.slice(0, 24), kept, now());
      return accessUrl(server.url, presented);
    },
    close: async () => {
      await server.close();
      snapshots.close();
      tokens.close();
      store.close();
    },
  };
}

export interface ReaderTransaction {
  readonly id: string;
  readonly posted: number;
  readonly transacted_at: number;
  readonly amount: string;
  readonly description: string;
  readonly payee: string;
  readonly memo: string;
  readonly pending?: boolean;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface ReaderAccount {
  readonly org: { readonly domain: string; readonly name: string; readonly 'sfin-url': string };
  readonly id: string;
  readonly conn_id: string;
  readonly name: string;
  readonly currency: string;
  readonly balance: string;
  readonly 'available-balance': string;
  readonly 'balance-date': number;
  readonly holdings?: readonly Readonly<Record<string, unknown>>[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly transactions: readonly ReaderTransaction[];
}

export interface AccountSet {
  readonly errors: readonly string[];
  readonly errlist: readonly {
    readonly code: string;
    readonly msg: string;
    readonly conn_id?: string;
    readonly account_id?: string;
  }[];
  readonly connections: readonly { readonly conn_id: string; readonly name: string }[];
  readonly accounts: readonly ReaderAccount[];
}

/** Requests a path below an access URL, as readers do: with user name and password in a header. */
export async function request(
  access: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const url = new URL(access);
  const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
  url.username = '';
  url.password = '';
  return fetch(`${url.href}${path}`, { headers: { authorization, ...headers } });
}

export async function readAccounts(access: string, parameters = ''): Promise<AccountSet> {
  const response = await request(access, `/accounts${parameters}`);
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return (await response.json()) as AccountSet;
}

export function accountIn(set: AccountSet, wanted: Account): ReaderAccount {
  const found = set.accounts.find(({ name }) => name === accountKey(wanted));
  if (found === undefined) throw new Error(`${accountKey(wanted)} is not in the answer`);
  return found;
}

/** Saves a statement of an account that arrived today, in a run of its own. */
export function saveToday(
  store: Store,
  of: Account,
  change: Partial<Statement> & { readonly balance?: string; readonly transactions?: readonly Transaction[] } = {},
  at = NOW,
): void {
  const { balance, ...rest } = change;
  const ledgerBalance =
    balance === undefined ? null : { amount: decimal(balance), currency: 'USD', asOf: isoDate(TODAY) };
  const own = configOf().institutions.find(({ name }) => name === of.institution) ?? river;
  const runId = store.beginRun(at);
  const full = statement({
    kind: of.kind,
    account: of,
    period: { from: isoDate('2026-08-01'), to: isoDate(TODAY) },
    ledgerBalance,
    ...rest,
  });
  const wanted = { account: of, from: isoDate('2026-08-01'), to: null };
  const saved = store.save(of, full, { runId, at, wanted, institution: own });
  store.recordOutcome(runId, {
    account: of,
    durationMs: 1,
    attempts: 1,
    notices: [],
    status: 'ok',
    statement: full,
    saved,
  });
  store.finishRun(runId, at);
}
