/** State of each login between runs: the last sign-on verdict, a block, its tokens and its institution's profile. */

import { randomBytes } from 'node:crypto';
import { type KeptProfile, readKeptProfile } from '../model/kept-profile.js';
import type { Login, LoginState } from '../ports.js';
import { type Database, numberOf, textOf } from './database.js';

export function loginState(db: Database, institution: string): LoginState {
  const row = db.get('SELECT * FROM logins WHERE institution = ?', institution);
  const column = (name: string) => textOf(row?.[name]);
  const [code, at, last] = [column('blocked_code'), column('blocked_at'), column('last_signon')];
  return {
    lastSignon: last === 'ok' || last === 'refused' ? last : 'unknown',
    blocked: code === null || at === null ? null : { code, message: column('blocked_message') ?? '', at },
    clientUid: column('client_uid'),
    accessKey: column('access_key'),
    sessionCookie: column('session_cookie'),
    profile: profileOf(column('profile')),
  };
}

export function setLoginState(db: Database, institution: string, change: Partial<LoginState>): void {
  const state = { ...loginState(db, institution), ...change };
  db.insert('logins', { institution }, 'ignore');
  db.run(
    `UPDATE logins SET last_signon = ?, blocked_code = ?, blocked_message = ?, blocked_at = ?, client_uid = ?,
       access_key = ?, session_cookie = ?, profile = ? WHERE institution = ?`,
    state.lastSignon,
    state.blocked?.code ?? null,
    state.blocked?.message ?? null,
    state.blocked?.at ?? null,
    state.clientUid,
    state.accessKey,
    state.sessionCookie,
    state.profile === null ? null : JSON.stringify(state.profile),
    institution,
  );
}

export function credentialsChanged(db: Database, login: Login): boolean {
  const row = db.get('SELECT salt, check_value FROM logins WHERE institution = ?', login.institution.name);
  const salt = textOf(row?.['salt']);
  return salt === null || numberOf(row?.['check_value']) !== checkValue(login, salt);
}

export function rememberCredentials(db: Database, login: Login): void {
  const { name } = login.institution;
  const salt = randomBytes(16).toString('hex');
  db.insert('logins', { institution: name }, 'ignore');
  db.run('UPDATE logins SET salt = ?, check_value = ? WHERE institution = ?', salt, checkValue(login, salt), name);
}

/** Returns ten bits of each secret, see {@link Secret.checkValue}. */
function checkValue(login: Login, salt: string): number {
  return login.password.checkValue(salt) * 1024 + login.userId.checkValue(salt);
}

function profileOf(text: string | null): KeptProfile | null {
  if (text === null) return null;
  try {
    return readKeptProfile(JSON.parse(text));
  } catch {
    return null;
  }
}
