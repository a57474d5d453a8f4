/**
 * The source of an account: an address, files, a command, or a bridge. When another takes its place, what both say of the same
 * days is stored once: the day that was stored first stays, and of the texts the better one.
 */

import { hostOf } from '../../model/account-identity.js';
import type { Institution } from '../../model/institution.js';
import type { SaveContext } from '../../ports.js';
import { type Database, textOf } from '../database.js';

/** The source of a statement, compared with that of what is stored. */
export interface SourceState {
  /** Position from which on the account has its present source; `null` for one that has had no other. */
  readonly since: string | null;
  /** The statement is the first one of the source. */
  readonly isNew: boolean;
}

/** Notes the source of a statement. A file beside another source, and a reply that is read again, say nothing of it. */
export function noteSource(
  db: Database,
  account: number,
  { position, context }: { readonly position: string; readonly context: SaveContext },
): SourceState {
  const row = db.get('SELECT source, source_since, latest_position FROM accounts WHERE id = ?', account);
  const [known, since] = [textOf(row?.['source']), textOf(row?.['source_since'])];
  const isOfSource = context.wanted !== null || context.institution.files !== null;
  if (!isOfSource) return { since: null, isNew: false };
  const source = sourceOf(context.institution);
  if (known === source || context.replayedAt !== undefined) return { since, isNew: false };
  if (known === null) {
    db.update('accounts', account, { source });
    return { since, isNew: false };
  }
  // A file may have been made before the last statement of the former source.
  const latest = textOf(row?.['latest_position']) ?? '';
  const begun = position > latest ? position : `${latest}~`;
  db.update('accounts', account, { source, source_since: begun });
  return { since: begun, isNew: true };
}

function sourceOf({ url, files, program, simplefin }: Institution): string {
  if (program !== undefined) return 'command';
  if (simplefin === true) return 'simplefin';
  return files === null ? `url ${hostOf(url) ?? ''}` : 'files';
}
