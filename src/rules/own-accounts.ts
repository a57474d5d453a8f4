/** Separates the person's own accounts of a journal from those that money goes to and comes from. */

import type { AccountType, ReadJournal } from './journal/entry.js';

/** First parts of the names of assets and liabilities in journals of several languages. */
const ROOTS = new Set(
  (
    'asset assets liability liabilities bank banks cash vermögen verbindlichkeiten schulden aktiva passiva activa passiva actif actifs ' +
    'passif passifs activos activo pasivos pasivo ativos ativo passivos passivo attività passività tillgångar skulder ' +
    'eiendeler gjeld aktiver passiver activos majetek závazky aktywa pasywa активы обязательства 資産 負債 资产 负债 자산 부채'
  ).split(' '),
);

/** @param named journal accounts of the configuration. */
export function ownTest({ types }: ReadJournal, named: ReadonlySet<string>): (account: string) => boolean {
  const known = new Map<string, boolean>();
  const judge = (account: string): boolean => {
    if (named.has(account)) return true;
    const type = typeOf(account, types);
    return type === null ? ROOTS.has((account.split(':')[0] ?? '').toLowerCase()) : type !== 'other';
  };
  return (account) => {
    const before = known.get(account);
    if (before !== undefined) return before;
    const isOwn = judge(account);
    known.set(account, isOwn);
    return isOwn;
  };
}

/** Returns the declared type of the account, else of the nearest account above it. */
function typeOf(account: string, types: ReadonlyMap<string, AccountType>): AccountType | null {
  for (let parts = account.split(':'); parts.length > 0; parts = parts.slice(0, -1)) {
    const type = types.get(parts.join(':'));
    if (type !== undefined) return type;
  }
  return null;
}
