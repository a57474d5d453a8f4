/** What a sandbox institution answers: signon, statements, account list, profile, as a tree of elements. */

import type { IsoDate } from '../model/dates.js';
import { investmentStatement } from './broker.js';
import type { SandboxInstitution } from './institutions.js';
import { accountList, profile } from './listing.js';
import { stamp, status } from './pieces.js';
import { child, type Node, type OfxRequest, value } from './request.js';
import { bankStatement, brokerStatement, strangersStatement } from './statements.js';
import type { Tree } from './write.js';

export interface AnswerContext {
  readonly institution: SandboxInstitution;
  readonly now: Date;
  readonly today: IsoDate;
  /** Decides on the signon: 0 is success. */
  readonly signon: (user: string, password: string) => number;
  /** Whether a TRNUID was used before. */
  readonly seen: (trnuid: string) => boolean;
  /** The address that the profile names. */
  readonly url: string;
  readonly faults: AnswerFaults;
}

/** What is to go wrong inside an answer that is otherwise right. */
export interface AnswerFaults {
  readonly signonStatus: number | null;
  /** Account ids whose statement is refused with this status. */
  readonly refuse: ReadonlyMap<string, number>;
  readonly omit: ReadonlySet<string>;
  readonly wrongTrnuid: boolean;
  readonly noTrnuid: boolean;
  readonly stranger: boolean;
  readonly twice: boolean;
  readonly newFitids: boolean;
  /** A transaction to leave out, by its FITID. */
  readonly without: ReadonlySet<string>;
  /** What is strange about the list of accounts. */
  readonly list: ReadonlySet<string>;
}

const ANONYMOUS = /^anonymous0*$/;

export function answer(request: OfxRequest, context: AnswerContext): Tree {
  const sonrq = child(child(request.root, 'SIGNONMSGSRQV1'), 'SONRQ');
  const profileOnly = request.root.children.every(({ name }) => name === 'SIGNONMSGSRQV1' || name === 'PROFMSGSRQV1');
  const anonymous = ANONYMOUS.test(value(sonrq, 'USERID'));
  const code =
    context.faults.signonStatus ??
    (anonymous && profileOnly ? 0 : context.signon(value(sonrq, 'USERID'), value(sonrq, 'USERPASS')));
  const sets: Tree[] = [['SIGNONMSGSRSV1', [signonReply(code, context)]]];
  for (const set of request.root.children.slice(1)) {
    const wrappers = set.children.flatMap((wrapper) => wrapperReplies(wrapper, code, context));
    sets.push([set.name.replace('RQ', 'RS'), wrappers]);
  }
  const securities =
    request.root.children.some(({ name }) => name === 'INVSTMTMSGSRQV1') && code === 0
      ? investmentStatement.securityList(context.today)
      : [];
  return ['OFX', [...sets, ...securities]];
}

function signonReply(code: number, { now, institution }: AnswerContext): Tree {
  return [
    'SONRS',
    [
      status(code),
      ['DTSERVER', stamp(now)],
      ['LANGUAGE', 'ENG'],
      [
        'FI',
        [
          ['ORG', institution.org],
          ['FID', institution.fid],
        ],
      ],
    ],
  ];
}

/** A refused signon answers every request of the document with the same status and nothing else. */
function wrapperReplies(wrapper: Node, signon: number, context: AnswerContext): Tree[] {
  const { faults } = context;
  const name = wrapper.name.replace(/RQ$/, 'RS');
  const sent = value(wrapper, 'TRNUID');
  const trnuid = faults.wrongTrnuid ? `0${sent.slice(1)}` : sent;
  const head: Tree[] = faults.noTrnuid ? [] : [['TRNUID', trnuid]];
  const cookie: Tree[] = value(wrapper, 'CLTCOOKIE') === '' ? [] : [['CLTCOOKIE', value(wrapper, 'CLTCOOKIE')]];
  const refuse = (code: number): Tree[] => [[name, [...head, status(code), ...cookie]]];
  if (signon !== 0) return refuse(signon === 15500 ? 15500 : signon);
  if (context.seen(sent)) return refuse(2019);
  const content = wrapper.children.at(-1);
  if (content === undefined) return refuse(2000);
  const id = accountIdOf(content);
  if (id !== null && faults.omit.has(id)) return [];
  const refused = id === null ? undefined : (faults.refuse.get(id) ?? faults.refuse.get('*'));
  if (refused !== undefined) return refuse(refused);
  const reply = contentReply(content, context);
  if (typeof reply === 'number') return refuse(reply);
  const whole: Tree = [name, [...head, status(0), ...cookie, reply]];
  const stranger: Tree[] =
    faults.stranger && reply[0] === 'STMTRS' ? [[name, [['TRNUID', '0'], status(0), strangersStatement(context)]]] : [];
  return [whole, ...(faults.twice ? [whole] : []), ...stranger];
}

function contentReply(content: Node, context: AnswerContext): Tree | number {
  switch (content.name) {
    case 'STMTRQ':
    case 'CCSTMTRQ':
      return bankStatement(content, context);
    case 'INVSTMTRQ':
      return brokerStatement(content, context);
    case 'ACCTINFORQ':
      return context.faults.list.has('list-refused') ? 2000 : accountList(context.institution, context.faults.list);
    case 'PROFRQ':
      return profile(context.institution, context.url);
    default:
      return 2000;
  }
}

function accountIdOf(content: Node): string | null {
  const from = content.children.find(({ name }) => name.endsWith('ACCTFROM'));
  return from === undefined ? null : value(from, 'ACCTID');
}
