/**
 * State of logins between runs. The profile of a bank belongs to the institution's name; client UID, tokens and verdicts belong
 * to the login. Rows of version 0.1 had all of it under the name: the first sign-on takes it over.
 */

import { type KeptProfile, readKeptProfile } from '../model/kept-profile.js';
import type { Credentials } from '../model/login.js';
import type { LoginState, SignonState } from '../ports.js';
import { type Database, numberOf, type Row, textOf, type Value } from './database.js';
import { checkValueOf, hasSameKey, loginKey } from './identity/login-key.js';
import { once } from './read.js';

/** Returns the state of the login that an institution used last. */
export function loginState(db: Database, institution: string): LoginState {
  const row = db.get('SELECT * FROM logins WHERE institution = ?', institution);
  const login = textOf(row?.['login']);
  const before = login === null ? row : null;
  // Each sign-on needs the profile, and few need the rest.
  const tokens = once(() => (login === null ? tokensIn(row) : readTokens(db, login)));
  const known = once(() => (login === null ? null : readCredentials(db, login, numberOf(row?.['check_value']))));
  return {
    get lastSignon() {
      return signonWord(known()?.verdict ?? null, before);
    },
    get blocked() {
      return known()?.verdict === 'refused' ? (known()?.last ?? null) : blockOf(before);
    },
    get clientUid() {
      return tokens().clientUid ?? textOf(row?.['client_uid']);
    },
    get accessKey() {
      return tokens().accessKey;
    },
    get sessionCookie() {
      return tokens().sessionCookie;
    },
    profile: profileOf(textOf(row?.['profile'])),
  };
}

function signonWord(verdict: SignonState['verdict'], before: Row | null): LoginState['lastSignon'] {
  if (verdict === 'accepted') return 'ok';
  const last = textOf(before?.['last_signon']);
  return verdict ?? (last === 'ok' || last === 'refused' ? last : 'unknown');
}

/** Columns of `logins` by the members of the state. */
function columnsOf(change: Partial<LoginState>): Readonly<Record<string, Value>> {
  const { lastSignon, blocked, clientUid, accessKey, sessionCookie, profile } = change;
  const columns: Readonly<Record<string, Value | undefined>> = {
    last_signon: lastSignon,
    client_uid: clientUid,
    access_key: accessKey,
    session_cookie: sessionCookie,
    profile: profile === undefined || profile === null ? profile : JSON.stringify(profile),
    ...(blocked === undefined
      ? {}
      : {
          blocked_code: blocked?.code ?? null,
          blocked_message: blocked?.message ?? null,
          blocked_at: blocked?.at ?? null,
        }),
  };
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

export function setLoginState(db: Database, institution: string, change: Partial<LoginState>): void {
  db.insert('logins', { institution }, 'ignore');
  const columns = Object.entries(columnsOf(change));
  if (columns.length === 0) return;
  db.run(
    `UPDATE logins SET ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE institution = ?`,
    ...columns.map(([, value]) => value),
    institution,
  );
}

/** All but the profile, which may be long. */
const TAKEN_OVER = `SELECT login, salt, check_value, last_signon, blocked_code, blocked_message, blocked_at, client_uid, access_key,
  session_cookie FROM logins WHERE institution = ?`;

/** Returns the state of a login's sign-ons with its present password. @param key of the data folder. */
export function signonState(db: Database, of: Credentials, key: string): SignonState {
  const login = loginKey(of, key);
  const check = checkValueOf(of, login, key);
  const read = () => db.get(SIGNON_STATE, of.institution.name, login, check);
  const row = read();
  const known = takeOver(db, row, { of, login, key }) ? read() : row;
  return { login, credentials: `${login} ${check}`, ...tokensIn(known), ...credentialsIn(known) };
}

/** All that is known of a login with its present password, and which login the institution used last: each run asks it of every login. */
const SIGNON_STATE = `SELECT l.institution, l.login, s.client_uid, s.access_key, s.session_cookie,
    c.verdict, c.unanswered, c.code, c.message, c.at
  FROM (SELECT 1) LEFT JOIN logins l ON l.institution = ?1
    LEFT JOIN signons s ON s.login = ?2
    LEFT JOIN credentials c ON c.login = ?2 AND c.check_value = ?3`;

/** Changes the state, completely or not at all. */
export function setSignonState(
  db: Database,
  of: Credentials,
  { key, change, durable = false }: { key: string; change: Partial<SignonState>; durable?: boolean },
): void {
  const { login, ...before } = signonState(db, of, key);
  const after = { ...before, ...change };
  const check = checkValueOf(of, login, key);
  db.transaction(
    () => {
      point(db, of.institution.name, { login, check });
      writeTokens(db, login, after);
      const { verdict, unanswered, last } = after;
      const { code = null, message = null, at = null } = last ?? {};
      db.insert('credentials', { login, check_value: check, verdict, unanswered, code, message, at }, 'replace');
    },
    { durable },
  );
}

type Tokens = Pick<SignonState, 'clientUid' | 'accessKey' | 'sessionCookie'>;

function readTokens(db: Database, login: string): Tokens {
  return tokensIn(db.get('SELECT * FROM signons WHERE login = ?', login));
}

function tokensIn(row: Row | null): Tokens {
  return {
    clientUid: textOf(row?.['client_uid']),
    accessKey: textOf(row?.['access_key']),
    sessionCookie: textOf(row?.['session_cookie']),
  };
}

function writeTokens(db: Database, login: string, { clientUid, accessKey, sessionCookie }: Tokens): void {
  const row = { login, client_uid: clientUid, access_key: accessKey, session_cookie: sessionCookie };
  db.insert('signons', row, 'replace');
}

function readCredentials(
  db: Database,
  login: string,
  check: number,
): Pick<SignonState, 'verdict' | 'unanswered' | 'last'> {
  return credentialsIn(db.get('SELECT * FROM credentials WHERE login = ? AND check_value = ?', login, check));
}

function credentialsIn(row: Row | null): Pick<SignonState, 'verdict' | 'unanswered' | 'last'> {
  const verdict = textOf(row?.['verdict']);
  const [code, at] = [textOf(row?.['code']), textOf(row?.['at'])];
  return {
    verdict: verdict === 'accepted' || verdict === 'refused' ? verdict : null,
    unanswered: numberOf(row?.['unanswered']),
    last: code === null || at === null ? null : { code, message: textOf(row?.['message']) ?? '', at },
  };
}

/** Records the login that an institution uses by now. */
function point(db: Database, institution: string, { login, check }: { login: string; check: number }): void {
  db.insert('logins', { institution }, 'ignore');
  db.run(
    `UPDATE logins SET login = ?, check_value = ?, salt = NULL, last_signon = 'unknown', blocked_code = NULL,
       blocked_message = NULL, blocked_at = NULL, access_key = NULL, session_cookie = NULL WHERE institution = ?`,
    login,
    check,
    institution,
  );
}

interface Taking {
  readonly of: Credentials;
  readonly login: string;
  readonly key: string;
}

/**
 * Gives the login what was recorded under the institution's name: by version 0.1, or with a key that is lost.
 * @returns `false` when there is nothing of the kind.
 */
function takeOver(db: Database, last: Row | null, taking: Taking): boolean {
  const former = textOf(last?.['login']);
  if (textOf(last?.['institution']) === null || (former !== null && hasSameKey(former, taking.login))) return false;
  const row = db.get(TAKEN_OVER, taking.of.institution.name);
  if (row === null) return false;
  db.transaction(() => (former === null ? takeOver01(db, row, taking) : takeOverLost(db, row, { ...taking, former })));
  return true;
}

function takeOver01(db: Database, row: Row, { of, login, key }: Taking): void {
  const check = checkValueOf(of, login, key);
  const salt = textOf(row['salt']);
  const block = blockOf(row);
  const isAccepted = row['last_signon'] === 'ok';
  const isSame = salt !== null && numberOf(row['check_value']) === formerCheckValue(of, salt);
  if (isSame || (salt === null && block !== null)) {
    const { code = null, message = null, at = null } = block ?? {};
    const verdict = block !== null ? 'refused' : isAccepted ? 'accepted' : null;
    // Two institutions may have used the login: a refusal counts for both.
    db.insert(
      'credentials',
      { login, check_value: check, verdict, code, message, at },
      block === null ? 'ignore' : 'replace',
    );
  }
  const tokens = { client_uid: row['client_uid'] ?? null, access_key: row['access_key'] ?? null };
  db.insert('signons', { login, ...tokens, session_cookie: row['session_cookie'] ?? null }, 'ignore');
  point(db, of.institution.name, { login, check });
}

/** Ten bits of each secret, as version 0.1 kept them. */
function formerCheckValue({ password, userId }: Credentials, salt: string): number {
  return password.checkValue(salt) * 1024 + userId.checkValue(salt);
}

/** Nothing shows that the password is another one: a refusal stands. */
function takeOverLost(db: Database, row: Row, { of, login, key, former }: Taking & { former: string }): void {
  const check = checkValueOf(of, login, key);
  const { verdict, last } = readCredentials(db, former, numberOf(row['check_value']));
  if (verdict === 'refused') {
    const { code = null, message = null, at = null } = last ?? {};
    db.insert('credentials', { login, check_value: check, verdict, code, message, at }, 'ignore');
  }
  const { clientUid, accessKey, sessionCookie } = readTokens(db, former);
  const tokens = { client_uid: clientUid, access_key: accessKey, session_cookie: sessionCookie };
  db.insert('signons', { login, ...tokens }, 'ignore');
  point(db, of.institution.name, { login, check });
  db.run(
    'DELETE FROM signons WHERE login = ? AND login NOT IN (SELECT login FROM logins WHERE login IS NOT NULL)',
    former,
  );
}

function blockOf(row: Row | null): LoginState['blocked'] {
  const [code, at] = [textOf(row?.['blocked_code']), textOf(row?.['blocked_at'])];
  return code === null || at === null ? null : { code, message: textOf(row?.['blocked_message']) ?? '', at };
}

function profileOf(text: string | null): KeptProfile | null {
  if (text === null) return null;
  try {
    return readKeptProfile(JSON.parse(text));
  } catch {
    return null;
  }
}
