/** What a sandbox institution answers: signon, statements, account list, profile, as a tree of elements. */

import type { AnswerContext } from './answer-context.js';
import { investmentStatement } from './broker.js';
import { closingStatement } from './closings.js';
import { accountList } from './listing.js';
import { stamp, status } from './pieces.js';
import { planSecurities } from './plan.js';
import { PROFILE_DATE, profile } from './profile.js';
import { child, type Node, type OfxRequest, value } from './request.js';
import { bankStatement, brokerStatement, strangersStatement } from './statements.js';
import { type Judgement, SANDBOX_QUESTIONS } from './tenant.js';
import type { Tree } from './write.js';

const ANONYMOUS = /^anonymous0*$/;

export function answer(request: OfxRequest, context: AnswerContext): Tree {
  const sonrq = child(child(request.root, 'SIGNONMSGSRQV1'), 'SONRQ');
  const profileOnly = request.root.children.every(({ name }) => name === 'SIGNONMSGSRQV1' || name === 'PROFMSGSRQV1');
  const anonymous = ANONYMOUS.test(value(sonrq, 'USERID'));
  const accepted: Judgement = { status: context.faults.signonStatus ?? 0, accessKey: null };
  const isStranger = context.faults.signonStatus !== null || (anonymous && profileOnly);
  const judgement = isStranger ? accepted : context.signon(sonrq);
  const code = judgement.status;
  const beside = besideSignon(child(request.root, 'SIGNONMSGSRQV1'), code, context);
  const sets: Tree[] = [['SIGNONMSGSRSV1', [signonReply(judgement, context), ...beside]]];
  for (const set of request.root.children.slice(1)) {
    const wrappers = set.children.flatMap((wrapper) => wrapperReplies(wrapper, code, context));
    sets.push([set.name.replace('RQ', 'RS'), wrappers]);
  }
  const securities =
    request.root.children.some(({ name }) => name === 'INVSTMTMSGSRQV1') && code === 0 ? securitiesOf(context) : [];
  return ['OFX', [...sets, ...securities]];
}

function securitiesOf({ institution, today }: AnswerContext): Tree[] {
  return institution.accounts.some(({ everything }) => everything === true)
    ? [planSecurities(today)]
    : investmentStatement.securityList(today);
}

/** A change of password and security questions, which stand beside the signon; both go on where it alone would not. */
function besideSignon(set: Node | undefined, code: number, context: AnswerContext): Tree[] {
  return (set?.children.slice(1) ?? []).map((wrapper): Tree => {
    const name = wrapper.name.replace(/RQ$/, 'RS');
    const trnuid: Tree = ['TRNUID', value(wrapper, 'TRNUID')];
    const content = wrapper.children.at(-1);
    if (content?.name === 'PINCHRQ' && (code === 0 || code === 15000)) {
      const password = value(content, 'NEWUSERPASS');
      if (password.length < 4) return [name, [trnuid, status(15503)]];
      context.changePassword(password);
      return [name, [trnuid, status(0), ['PINCHRS', [['USERID', value(content, 'USERID')]]]]];
    }
    if (content?.name === 'MFACHALLENGERQ' && (code === 0 || code === 3000)) {
      const questions = SANDBOX_QUESTIONS.map(
        ({ phrase, label }): Tree => [
          'MFACHALLENGE',
          [['MFAPHRASEID', phrase], ...(label === null ? [] : [['MFAPHRASELABEL', label] satisfies Tree])],
        ],
      );
      return [name, [trnuid, status(0), ['MFACHALLENGERS', questions]]];
    }
    return [name, [trnuid, status(code === 0 ? 2000 : code)]];
  });
}

function signonReply({ status: code, accessKey }: Judgement, { now, institution }: AnswerContext): Tree {
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
      ...(accessKey === null ? [] : [['ACCESSKEY', accessKey] satisfies Tree]),
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
  if (context.faults.elsewhere && content.name.endsWith('STMTRQ')) return 2000;
  switch (content.name) {
    case 'STMTRQ':
    case 'CCSTMTRQ':
    case 'LOANSTMTRQ':
      return bankStatement(content, context);
    case 'INVSTMTRQ':
      return brokerStatement(content, context);
    case 'ACCTINFORQ':
      return context.faults.list.has('list-refused') ? 2000 : accountList(context.institution, context.faults.list);
    case 'PROFRQ':
      return value(content, 'DTPROFUP') >= PROFILE_DATE ? 1 : profile(context);
    case 'STMTENDRQ':
    case 'CCSTMTENDRQ':
      return closingStatement(content, context);
    default:
      return 2000;
  }
}

function accountIdOf(content: Node): string | null {
  const from = content.children.find(({ name }) => name.endsWith('ACCTFROM'));
  return from === undefined ? null : value(from, 'ACCTID') || value(from, 'LOANACCTID');
}
