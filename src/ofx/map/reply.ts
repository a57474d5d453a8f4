/**
 * The statements of a document. They are found by name at any depth, in the order of the file, so that nothing is lost when
 * a message set has another name or is missing; a transaction outside any statement is a notice.
 */

import type { Statement } from '../../model/statement.js';
import type { NoticeList } from '../notices.js';
import { LIST_REFERENCE } from '../repair/document.js';
import { isTransaction } from '../repair/names.js';
import { childNames, children, type Tree } from '../repair/tree.js';
import { TextPool } from '../text-pool.js';
import { indexSecurities, mapSecurities } from './position.js';
import { mapStatement, type RawStatement, type StatementDocument, type StatementReply } from './statement.js';
import { noticeStrays } from './transaction.js';

const REPLIES: readonly StatementReply[] = [
  { kind: 'bank', reply: 'STMTRS' },
  { kind: 'creditcard', reply: 'CCSTMTRS' },
  { kind: 'investment', reply: 'INVSTMTRS' },
  { kind: 'loan', reply: 'LOANSTMTRS' },
  { kind: 'bank', reply: 'STMTENDRS' },
  { kind: 'creditcard', reply: 'CCSTMTENDRS' },
  { kind: 'loan', reply: 'LOANSTMTENDRS' },
];
const BY_REPLY: ReadonlyMap<string, StatementReply> = new Map(REPLIES.map((one) => [one.reply, one]));
/** By transaction wrapper: STMTTRNRS for STMTRS. */
const BY_WRAPPER: ReadonlyMap<string, StatementReply> = new Map(
  REPLIES.map((one) => [one.reply.replace(/RS$/, 'TRNRS'), one]),
);

/** Returns true for the wrapper of a statement. */
export function isStatementReply(wrapper: string): boolean {
  return BY_WRAPPER.has(wrapper);
}

/** Reads the statements of a document, yielding to the caller after every batch of transactions. */
export function* mapStatements(document: StatementDocument, fileNotices: NoticeList): Generator<void, Statement[]> {
  const { found, lists, loose } = find(document.tree);
  const securityItems = lists
    .filter(({ name }) => name === 'SECLIST')
    .flatMap(({ tree }) => [...document.batchesOf(tree)].flat());
  const securities = mapSecurities(securityItems, {
    notices: fileNotices,
    currency: '',
    shown: document.marks,
    pool: new TextPool(),
  });
  noticeStrays(securityItems, fileNotices);
  const index = indexSecurities(securities);
  for (const { name, tree } of lists) {
    if (name === 'SECLIST') continue;
    for (const batch of document.batchesOf(tree)) noticeStrays(batch, fileNotices);
  }
  noticeStrays(loose, fileNotices);
  const statements: Statement[] = [];
  for (const one of found) {
    const kept = one.type.kind === 'investment' ? securities : [];
    statements.push(yield* mapStatement(one, { document, securities: kept, index }));
  }
  return statements;
}

interface Search {
  readonly found: RawStatement[];
  /** Lists outside any statement: of securities, or misplaced. */
  readonly lists: { readonly name: string; readonly tree: Tree }[];
  /** Transactions outside any list and statement. */
  readonly loose: { readonly name: string; readonly tree: Tree }[];
}

/** Finds statements, lists and loose transactions. The repair stage limits the depth of the recursion. */
function find(root: Tree): Search {
  const search: Search = { found: [], lists: [], loose: [] };
  const visit = (tree: Tree, wrapper?: Tree): void => {
    for (const name of childNames(tree)) {
      for (const child of children(tree, name)) {
        if (BY_WRAPPER.has(name)) visitWrapper(name, child);
        else if (BY_REPLY.has(name)) add(name, wrapper, child);
        else if (isTransaction(name)) search.loose.push({ name, tree: child });
        else if (typeof child !== 'string' && LIST_REFERENCE in child) search.lists.push({ name, tree: child });
        else visit(child);
      }
    }
  };
  const add = (reply: string, wrapper: Tree | undefined, tree: Tree): void => {
    const type = BY_REPLY.get(reply);
    if (type !== undefined) search.found.push({ type, wrapper, reply: tree });
  };
  const visitWrapper = (name: string, wrapper: Tree): void => {
    const replies = childNames(wrapper).filter((child) => BY_REPLY.has(child));
    const type = BY_WRAPPER.get(name);
    if (replies.length === 0 && type !== undefined) search.found.push({ type, wrapper, reply: undefined });
    visit(wrapper, wrapper);
  };
  visit(root);
  return search;
}
