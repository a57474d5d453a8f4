/** The account of a statement: its row, and what is stored of it. */

import type { Account } from '../../model/account.js';
import type { Institution } from '../../model/institution.js';
import { type Database, numberOf, type Row } from '../database.js';
import type { AccountParts } from '../rows.js';
import { type IdentityChange, identityChange, newPublicId, recordIdentity } from './accounts.js';

interface Owner {
  readonly row: number;
  /** Its columns. */
  readonly before: Row;
  readonly has: AccountParts;
  /** Set when the history may be of another account: the statement must agree with it. */
  readonly change: IdentityChange | null;
}

/** Returns the row of a configured account, and creates it for a new one. @throws AccountChangedError */
export function ownerOf(db: Database, account: Account, at: Institution): Owner {
  const { institution, name, accountKind: kind, id } = account;
  const known = db.get(OWNER, institution, name);
  if (known === null) db.insert('accounts', { institution, name, kind, account_id: id, public_id: newPublicId() });
  const row = known ?? db.get(OWNER, institution, name) ?? {};
  const change = known === null ? null : identityChange(db, known, account, at);
  recordIdentity(db, row, account, at);
  if (row['account_id'] !== id || row['kind'] !== kind)
    db.update('accounts', row['id'] ?? null, { kind, account_id: id });
  return { row: numberOf(row['id']), before: row, has: partsIn(row), change };
}

const PARTS = ['transactions', 'spellings', 'unread', 'holes', 'gaps'];
const OWNER = `SELECT a.*, EXISTS (SELECT 1 FROM transactions WHERE account = a.id AND pending = 1) AS has_pending,
    ${PARTS.map((table) => `EXISTS (SELECT 1 FROM ${table} WHERE account = a.id) AS has_${table}`).join(', ')}
  FROM accounts a WHERE institution = ? AND name = ?`;

function partsIn(row: Row): AccountParts {
  const has = (part: keyof AccountParts) => row[`has_${part}`] === 1;
  return {
    transactions: has('transactions'),
    pending: has('pending'),
    spellings: has('spellings'),
    unread: has('unread'),
    holes: has('holes'),
    gaps: has('gaps'),
  };
}
