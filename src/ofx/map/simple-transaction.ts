/**
 * Transactions that have only the commonest values, each once, in their usual form, as nearly all have. Little code that
 * looks at little: the rules for all the others, in `transaction.ts`, take much longer.
 */

import type { IsoDate } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import { isPlainAmount } from '../amount.js';
import { parseDateTime } from '../date-time.js';
import type { Tree } from '../repair/tree.js';
import { detached, type TextPool } from '../text-pool.js';
import type { TransactionContext } from './transaction.js';

const NAMES = [
  'TRNTYPE',
  'DTPOSTED',
  'DTUSER',
  'DTAVAIL',
  'TRNAMT',
  'FITID',
  'CHECKNUM',
  'REFNUM',
  'SIC',
  'NAME',
  'MEMO',
] as const;
const KNOWN: ReadonlySet<string> = new Set(NAMES);

type SimpleTree = { readonly [name in (typeof NAMES)[number]]?: string };

/** Reads a transaction; `null` if it is not a simple one. */
export function mapSimpleTransaction(tree: Tree, { currency, pool, pending }: TransactionContext): Transaction | null {
  if (!isSimple(tree) || tree.TRNAMT === undefined || !isPlainAmount(tree.TRNAMT)) return null;
  const posted = parseDateTime(tree.DTPOSTED ?? '');
  const userOn = dateOf(tree.DTUSER);
  const availableOn = dateOf(tree.DTAVAIL);
  if (posted === null || userOn === 'unreadable' || availableOn === 'unreadable') return null;
  return {
    fitid: tree.FITID ? detached(tree.FITID) : null,
    type: pool.shared((tree.TRNTYPE || 'OTHER').toUpperCase()),
    postedOn: posted.date,
    postedAt: posted.instant,
    userOn,
    availableOn,
    amount: tree.TRNAMT,
    currency,
    exchange: null,
    name: pooled(tree.NAME, pool),
    extendedName: null,
    payee: null,
    memo: pooled(tree.MEMO, pool),
    checkNumber: tree.CHECKNUM || null,
    refNumber: tree.REFNUM || null,
    serverId: null,
    sic: tree.SIC || null,
    counterAccount: null,
    corrects: null,
    pending,
    investment: null,
    extra: null,
  };
}

function isSimple(tree: Tree): tree is SimpleTree {
  if (typeof tree === 'string') return false;
  for (const name in tree) if (typeof tree[name] !== 'string' || !KNOWN.has(name)) return false;
  return true;
}

function dateOf(text: string | undefined): IsoDate | null | 'unreadable' {
  if (text === undefined || text === '') return null;
  return parseDateTime(text)?.date ?? 'unreadable';
}

function pooled(text: string | undefined, pool: TextPool): string | null {
  return text === undefined || text === '' ? null : pool.shared(text);
}
