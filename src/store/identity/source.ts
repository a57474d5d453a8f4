/**
 * The source of an account: an address, files, a command, or a bridge. When another takes its place, what both say of the same
 * days is stored once: the day that was stored first stays, and of the texts the better one.
 */

import { hostOf } from '../../model/account-identity.js';
import type { Institution } from '../../model/institution.js';
import type { Statement } from '../../model/statement.js';
import type { SaveContext } from '../../ports.js';
import { type Database, type Row, textOf } from '../database.js';
import { hostBefore } from './host-before.js';

/** The source of a statement, compared with that of what is stored. */
export interface SourceState {
  /** Position from which on the account has its present source; `null` for one that has had no other. */
  readonly since: string | null;
  /** No complete list of the source was stored yet. */
  readonly isNew: boolean;
}

/** Marks a source that has taken the place of another, and of which no complete list has come: `new simplefin`. */
const NEW = 'new ';

/** Notes the source of a statement. A file beside another source, and a reply that is read again, say nothing of it. */
export function noteSource(
  db: Database,
  row: Row,
  { statement, position, context }: { statement: Statement; position: string; context: SaveContext },
): SourceState {
  const account = row['id'] ?? null;
  const [noted, since] = [textOf(row['source']), textOf(row['source_since'])];
  const isOfSource = context.wanted !== null || context.institution.files !== null;
  if (!isOfSource) return { since: null, isNew: false };
  const source = sourceOf(context.institution);
  if (noted === source || context.replayedAt !== undefined) return { since, isNew: false };
  const noteAs = isFullList(statement) ? source : `${NEW}${source}`;
  if (noted === `${NEW}${source}`) {
    db.update('accounts', account, { source: noteAs });
    return { since, isNew: true };
  }
  const known = noted ?? sourceBefore(db, row, context.institution);
  if (known === null || known === source) {
    db.update('accounts', account, { source });
    return { since, isNew: false };
  }
  // A file may have been made before the last statement of the former source.
  const latest = textOf(row['latest_position']) ?? '';
  const begun = position > latest ? position : `${latest}~`;
  db.update('accounts', account, { source: noteAs, source_since: begun });
  return { since: begun, isNew: true };
}

/** Returns `false` for a statement that shows nothing of the days that both sources have: an empty or an incomplete one. */
function isFullList({ transactions, incomplete }: Statement): boolean {
  return incomplete !== true && transactions.some(({ pending }) => !pending);
}

/** Returns the source of what version 0.1 stored, which noted none: an address or files. `null` when nothing shows another. */
function sourceBefore(db: Database, row: Row, institution: Institution): string | null {
  const source = sourceOf(institution);
  const account = row['id'] ?? null;
  if (db.get('SELECT 1 FROM coverage WHERE account = ? AND downloaded = 1 LIMIT 1', account) !== null)
    return `url ${hostBefore(db, row, hostOf(institution.url)) ?? ''}`;
  if (row['latest_position'] === null) return null;
  // Files that were imported by hand may be those of the address itself.
  const isByHand = db.get('SELECT 1 FROM statements WHERE account = ? AND run IS NOT NULL LIMIT 1', account) === null;
  return isByHand && source.startsWith('url ') ? null : 'files';
}

function sourceOf({ url, files, program, simplefin }: Institution): string {
  if (program !== undefined) return 'command';
  if (simplefin === true) return 'simplefin';
  return files === null ? `url ${hostOf(url) ?? ''}` : 'files';
}
