/**
 * A document to its statements. They are found by name wherever they stand, in the order of the file, so that a message
 * set under another name, or none, loses nothing; a transaction that stands in no statement is a notice.
 */

import type { Statement } from '../../model/statement.js';
import type { NoticeList } from '../notices.js';
import { LIST_REFERENCE } from '../repair/document.js';
import { isTransaction } from '../repair/names.js';
import { many, namesIn, type Tree } from '../repair/tree.js';
import { TextPool } from '../text-pool.js';
import { indexSecurities, mapSecurities } from './position.js';
import { type Document, type Found, mapStatement, type Place } from './statement.js';
import { noticeStrays } from './transaction.js';

const PLACES: readonly Place[] = [
  { kind: 'bank', wrapper: 'STMTTRNRS', reply: 'STMTRS', account: 'BANKACCTFROM' },
  { kind: 'creditcard', wrapper: 'CCSTMTTRNRS', reply: 'CCSTMTRS', account: 'CCACCTFROM' },
  { kind: 'investment', wrapper: 'INVSTMTTRNRS', reply: 'INVSTMTRS', account: 'INVACCTFROM' },
  { kind: 'loan', wrapper: 'LOANSTMTTRNRS', reply: 'LOANSTMTRS', account: 'LOANACCTFROM' },
  { kind: 'bank', wrapper: 'STMTENDTRNRS', reply: 'STMTENDRS', account: 'BANKACCTFROM' },
  { kind: 'creditcard', wrapper: 'CCSTMTENDTRNRS', reply: 'CCSTMTENDRS', account: 'CCACCTFROM' },
  { kind: 'loan', wrapper: 'LOANSTMTENDTRNRS', reply: 'LOANSTMTENDRS', account: 'LOANACCTFROM' },
];
const BY_WRAPPER: ReadonlyMap<string, Place> = new Map(PLACES.map((place) => [place.wrapper, place]));
const BY_REPLY: ReadonlyMap<string, Place> = new Map(PLACES.map((place) => [place.reply, place]));

/** Whether a reply is read as a statement. */
export function isStatementReply(wrapper: string): boolean {
  return BY_WRAPPER.has(wrapper);
}

/** The statements of a document. Gives the caller a turn after every batch of transactions. */
export function* mapStatements(document: Document, fileNotices: NoticeList): Generator<void, Statement[]> {
  const { found, lists, loose } = find(document.tree);
  const securityItems = lists
    .filter(({ name }) => name === 'SECLIST')
    .flatMap(({ tree }) => [...document.batchesOf(tree)].flat());
  const securities = mapSecurities(securityItems, { notices: fileNotices, currency: '', pool: new TextPool() });
  noticeStrays(securityItems, fileNotices);
  const index = indexSecurities(securities);
  for (const { name, tree } of lists) {
    if (name === 'SECLIST') continue;
    for (const batch of document.batchesOf(tree)) noticeStrays(batch, fileNotices);
  }
  noticeStrays(loose, fileNotices);
  const statements: Statement[] = [];
  for (const one of found) {
    const kept = one.place.kind === 'investment' ? securities : [];
    statements.push(yield* mapStatement(one, { document, securities: kept, index }));
  }
  return statements;
}

interface Search {
  readonly found: Found[];
  /** Lists that are in no statement: of securities, or misplaced. */
  readonly lists: { readonly name: string; readonly tree: Tree }[];
  /** Transactions in no list and no statement. */
  readonly loose: { readonly name: string; readonly tree: Tree }[];
}

/** As deep as the repair stage lets a document be. */
function find(root: Tree): Search {
  const search: Search = { found: [], lists: [], loose: [] };
  const visit = (tree: Tree, wrapper?: Tree): void => {
    for (const name of namesIn(tree)) {
      for (const child of many(tree, name)) {
        if (BY_WRAPPER.has(name)) visitWrapper(name, child);
        else if (BY_REPLY.has(name)) add(name, wrapper, child);
        else if (isTransaction(name)) search.loose.push({ name, tree: child });
        else if (typeof child !== 'string' && LIST_REFERENCE in child) search.lists.push({ name, tree: child });
        else visit(child);
      }
    }
  };
  const add = (reply: string, wrapper: Tree | undefined, tree: Tree): void => {
    const place = BY_REPLY.get(reply);
    if (place !== undefined) search.found.push({ place, wrapper, reply: tree });
  };
  const visitWrapper = (name: string, wrapper: Tree): void => {
    const replies = namesIn(wrapper).filter((child) => BY_REPLY.has(child));
    const place = BY_WRAPPER.get(name);
    if (replies.length === 0 && place !== undefined) search.found.push({ place, wrapper, reply: undefined });
    visit(wrapper, wrapper);
  };
  visit(root);
  return search;
}
