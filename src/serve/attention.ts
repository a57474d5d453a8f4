/**
 * Reports the accounts that need a person to readers. Version 1 has sentences in `errors`, of which readers know one by its
 * words; version 2 has codes in `errlist`. Neither repeats words of a bank: they may hold what is not for the reader.
 */

import { type AccountRef, accountKey } from '../model/account.js';
import type { Config } from '../model/institution.js';
import { type Freshness, freshnessOf } from '../notify/freshness.js';
import type { Gap } from '../ports.js';
import type { Records } from '../store/serving/snapshot.js';

/** An entry of `errlist`. */
export interface Problem {
  readonly code: string;
  readonly msg: string;
  readonly conn_id?: string;
  readonly account_id?: string;
}

export interface Attention {
  readonly errors: readonly string[];
  readonly errlist: readonly Problem[];
}

export interface AttentionInput {
  readonly config: Config;
  readonly records: Records;
  readonly now: Date;
  /** The accounts that the reader may know of, in its own selection. */
  readonly isShown: (account: AccountRef) => boolean;
  readonly accountId: (account: AccountRef) => string | null;
  readonly connectionId: (institution: string) => string;
}

/** Judges the configured accounts, and the gaps in all. An account that is configured no longer is history: it cannot fail. */
export function attentionOf(input: AttentionInput): Attention {
  const { config, records, now, isShown } = input;
  const accounts = config.institutions.flatMap((institution) => institution.accounts).filter(isShown);
  const judged = freshnessOf(config, { accounts, store: records, now });
  const troubled = judged.filter(({ failing, stale }) => failing || stale);
  const gaps = records.gaps().filter(({ institution, account }) => isShown({ institution, name: account }));
  return {
    errors: [...new Set(troubled.map(({ institution }) => institution))].map(connectionText),
    errlist: [
      ...refusedLogins(troubled, input),
      ...troubled.map((one) => failureOf(one, input)),
      ...judged.filter(({ unread }) => unread.length > 0).map(({ account }) => missing(account, UNREAD, input)),
      ...withGaps(gaps).map((account) => missing(account, GAP, input)),
    ],
  };
}

/** These words are a form: Actual Budget and Home Assistant compare them. */
function connectionText(institution: string): string {
  return `Connection to ${institution} may need attention`;
}

function refusedLogins(troubled: readonly Freshness[], { connectionId }: AttentionInput): Problem[] {
  const refused = troubled.filter(({ blocked, lastFailure, failing }) =>
    failing ? blocked !== null || (lastFailure?.code ?? '').startsWith('SIGNON_') : false,
  );
  return [...new Set(refused.map(({ institution }) => institution))].map((institution) => ({
    code: 'con.auth',
    msg: `${connectionText(institution)}: the bank does not accept the sign-on`,
    conn_id: connectionId(institution),
  }));
}

function failureOf(one: Freshness, { accountId, connectionId }: AttentionInput): Problem {
  const { account, failing, lastSuccessAt, institution } = one;
  const last =
    lastSuccessAt === null ? 'it has never been downloaded' : `the last one is of ${lastSuccessAt.slice(0, 10)}`;
  const msg = `${accountKey(account)}: ${failing ? 'the last run brought no statement' : 'its statement is out of date'}; ${last}`;
  const id = accountId(account);
  const conn_id = connectionId(institution);
  return id === null ? { code: 'con.', msg, conn_id } : { code: 'act.failed', msg, conn_id, account_id: id };
}

const UNREAD = 'parts of its statements could not be read';
const GAP = 'its transactions are incomplete, by the bank’s own balances or statements';

function missing(account: AccountRef, what: string, { accountId, connectionId }: AttentionInput): Problem {
  const id = accountId(account);
  return {
    code: 'act.missingdata',
    msg: `${accountKey(account)}: ${what}`,
    conn_id: connectionId(account.institution),
    ...(id === null ? {} : { account_id: id }),
  };
}

function withGaps(gaps: readonly Gap[]): AccountRef[] {
  const accounts = gaps.map(({ institution, account }) => ({ institution, name: account }));
  return [...new Map(accounts.map((account) => [accountKey(account), account])).values()];
}
