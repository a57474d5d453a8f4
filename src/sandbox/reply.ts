/** The reply of a sandbox institution as a tree of elements: signon, statements, account list, profile. */

import { accountList } from './account-list.js';
import { brokerSecurities } from './broker.js';
import { closingStatement } from './closings.js';
import type { SandboxContext } from './context.js';
import { leaves, stamp, status, type Tree } from './elements.js';
import { planSecurities } from './plan.js';
import { PROFILE_DATE, profile } from './profile.js';
import { child, type Node, type OfxRequest, value } from './request.js';
import { bankStatement, investmentStatement, strayStatement } from './statements.js';
import { SANDBOX_QUESTIONS, type SignonVerdict } from './tenant.js';

const ANONYMOUS = /^anonymous0*$/;

export function replyTo(request: OfxRequest, context: SandboxContext): Tree {
  const sonrq = child(child(request.root, 'SIGNONMSGSRQV1'), 'SONRQ');
  const profileOnly = request.root.children.every(({ name }) => name === 'SIGNONMSGSRQV1' || name === 'PROFMSGSRQV1');
  const anonymous = ANONYMOUS.test(value(sonrq, 'USERID'));
  const fixed: SignonVerdict = { status: context.faults.signonStatus ?? 0, accessKey: null };
  const isFixed = context.faults.signonStatus !== null || (anonymous && profileOnly);
  const verdict = isFixed ? fixed : context.signon(sonrq);
  const code = verdict.status;
  const extras = signonExtras(child(request.root, 'SIGNONMSGSRQV1'), code, context);
  const sets: Tree[] = [['SIGNONMSGSRSV1', [signonReply(verdict, context), ...extras]]];
  for (const set of request.root.children.slice(1)) {
    const wrappers = set.children.flatMap((wrapper) => wrapperReplies(wrapper, code, context));
    sets.push([set.name.replace('RQ', 'RS'), wrappers]);
  }
  const hasInvestments = request.root.children.some(({ name }) => name === 'INVSTMTMSGSRQV1') && code === 0;
  return ['OFX', [...sets, ...(hasInvestments ? [securitiesOf(context)] : [])]];
}

function securitiesOf({ institution, today }: SandboxContext): Tree {
  const hasPlan = institution.accounts.some(({ everything }) => everything === true);
  return hasPlan ? planSecurities(today) : brokerSecurities(today);
}

/** Replies to a change of password and to security questions. Both continue where the signon alone would fail. */
function signonExtras(set: Node | undefined, code: number, context: SandboxContext): Tree[] {
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
        ({ phrase, label }): Tree => ['MFACHALLENGE', leaves({ MFAPHRASEID: phrase, MFAPHRASELABEL: label })],
      );
      return [name, [trnuid, status(0), ['MFACHALLENGERS', questions]]];
    }
    return [name, [trnuid, status(code === 0 ? 2000 : code)]];
  });
}

function signonReply({ status: code, accessKey }: SignonVerdict, { now, institution }: SandboxContext): Tree {
  return [
    'SONRS',
    [
      status(code),
      ...leaves({ DTSERVER: stamp(now), LANGUAGE: 'ENG' }),
      ['FI', leaves({ ORG: institution.org, FID: institution.fid })],
      ...leaves({ ACCESSKEY: accessKey }),
    ],
  ];
}

/** A refused signon gives every request of the document its status and nothing else. */
function wrapperReplies(wrapper: Node, signon: number, context: SandboxContext): Tree[] {
  const { faults } = context;
  const name = wrapper.name.replace(/RQ$/, 'RS');
  const sent = value(wrapper, 'TRNUID');
  const trnuid = faults.wrongTrnuid ? `0${sent.slice(1)}` : sent;
  const head: Tree[] = faults.noTrnuid ? [] : [['TRNUID', trnuid]];
  const cookie = leaves({ CLTCOOKIE: value(wrapper, 'CLTCOOKIE') || null });
  const refuse = (code: number): Tree[] => [[name, [...head, status(code), ...cookie]]];
  if (signon !== 0) return refuse(signon);
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
  const stray: Tree[] =
    faults.stranger && reply[0] === 'STMTRS' ? [[name, [['TRNUID', '0'], status(0), strayStatement(context)]]] : [];
  return [whole, ...(faults.twice ? [whole] : []), ...stray];
}

function contentReply(content: Node, context: SandboxContext): Tree | number {
  if (context.faults.elsewhere && content.name.endsWith('STMTRQ')) return 2000;
  switch (content.name) {
    case 'STMTRQ':
    case 'CCSTMTRQ':
    case 'LOANSTMTRQ':
      return bankStatement(content, context);
    case 'INVSTMTRQ':
      return investmentStatement(content, context);
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
