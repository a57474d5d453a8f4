/** What a sandbox institution answers: signon, statements, account list, profile, as a tree of elements. */

import { daysBetween, type IsoDate, isIsoDate, isoDate } from '../model/dates.js';
import { investmentStatement } from './broker.js';
import { historyOf, type Movement, openingCents } from './history.js';
import type { SandboxAccount, SandboxInstitution } from './institutions.js';
import { child, type Node, type OfxRequest, value } from './request.js';
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
}

const MESSAGES: Readonly<Record<number, string>> = {
  2000: 'General error',
  2003: 'Account not found',
  2019: 'Duplicate request',
  2027: 'Invalid date range',
  15000: 'Password must be changed',
  15500: 'Signon invalid',
  15501: 'Customer account already in use',
  15502: 'USERPASS lockout',
};
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
      return accountList(context);
    case 'PROFRQ':
      return profile(context);
    default:
      return 2000;
  }
}

interface Window {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  /** INCLUDE N: balances only. */
  readonly include: boolean;
}

function bankStatement(content: Node, context: AnswerContext): Tree | number {
  const card = content.name === 'CCSTMTRQ';
  const from = child(content, card ? 'CCACCTFROM' : 'BANKACCTFROM');
  const { institution, today } = context;
  const account = institution.accounts.find((one) => matches(one, from, card));
  if (account === undefined) return 2003;
  const window = windowOf(child(content, 'INCTRAN'));
  if (typeof window === 'number') return window;
  if (
    institution.longestWindow !== null &&
    window.include &&
    daysBetween(window.from ?? isoDate('2019-01-01'), window.to ?? today) > institution.longestWindow
  )
    return 2027;
  return statement({ account, window, all: historyOf(institution, account, today) }, context);
}

function statement(
  input: { account: SandboxAccount; window: Window; all: readonly Movement[] },
  context: AnswerContext,
): Tree {
  const { account, window, all } = input;
  const { institution, faults, today, now } = context;
  const card = account.kind === 'creditcard';
  const cents = all.reduce((sum, movement) => sum + movement.cents, openingCents(account));
  const inside = all.filter(
    ({ date, fitid }) =>
      (window.from === null || date >= window.from) &&
      (window.to === null || date <= window.to) &&
      !faults.without.has(fitid),
  );
  const start = window.from ?? all[0]?.date ?? today;
  const list: Tree = [
    'BANKTRANLIST',
    [
      ['DTSTART', `${start.replaceAll('-', '')}000000`],
      ['DTEND', `${(window.to ?? today).replaceAll('-', '')}235959`],
      ...inside.map((movement) => transaction(movement, faults)),
    ],
  ];
  const from: Tree = card
    ? ['CCACCTFROM', [['ACCTID', account.id]]]
    : [
        'BANKACCTFROM',
        [
          ['BANKID', account.routing ?? ''],
          ['ACCTID', account.id],
          ['ACCTTYPE', account.kind.toUpperCase()],
        ],
      ];
  const balance = (name: string, amount: number): Tree => [
    name,
    [
      ['BALAMT', decimalOf(amount)],
      ['DTASOF', stamp(now)],
    ],
  ];
  return [
    card ? 'CCSTMTRS' : 'STMTRS',
    [
      ['CURDEF', institution.currency],
      from,
      ...(window.include ? [list] : []),
      balance('LEDGERBAL', cents),
      balance('AVAILBAL', card ? 1_000_000 + cents : cents),
    ],
  ];
}

function transaction(movement: Movement, faults: AnswerFaults): Tree {
  return [
    'STMTTRN',
    [
      ['TRNTYPE', movement.type],
      ['DTPOSTED', `${movement.date.replaceAll('-', '')}120000`],
      ['TRNAMT', decimalOf(movement.cents)],
      ['FITID', faults.newFitids ? `${movement.fitid}-${Math.trunc(performance.now() * 1000)}` : movement.fitid],
      ...(movement.checkNumber === null ? [] : [['CHECKNUM', movement.checkNumber] satisfies Tree]),
      ['NAME', movement.name],
      ...(movement.memo === null ? [] : [['MEMO', movement.memo] satisfies Tree]),
    ],
  ];
}

function strangersStatement({ institution, now }: AnswerContext): Tree {
  const from: Tree = [
    'BANKACCTFROM',
    [
      ['BANKID', '000000000'],
      ['ACCTID', '99999999'],
      ['ACCTTYPE', 'CHECKING'],
    ],
  ];
  return [
    'STMTRS',
    [
      ['CURDEF', institution.currency],
      from,
      [
        'LEDGERBAL',
        [
          ['BALAMT', '1.00'],
          ['DTASOF', stamp(now)],
        ],
      ],
    ],
  ];
}

function brokerStatement(content: Node, context: AnswerContext): Tree | number {
  const id = value(child(content, 'INVACCTFROM'), 'ACCTID');
  const account = context.institution.accounts.find((one) => one.kind === 'investment' && one.id === id);
  if (account === undefined) return 2003;
  const window = windowOf(child(content, 'INCTRAN'));
  if (typeof window === 'number') return window;
  const { institution, today, now } = context;
  return investmentStatement.reply({
    brokerId: institution.brokerId ?? '',
    id,
    currency: institution.currency,
    today,
    asOf: stamp(now),
    from: window.from,
    to: window.to,
    include: window.include,
  });
}

function accountList({ institution }: AnswerContext): Tree {
  const infos = institution.accounts.map((account): Tree => {
    const service: Tree[] = [
      ['SUPTXDL', 'Y'],
      ['XFERSRC', 'N'],
      ['XFERDEST', 'N'],
      ['SVCSTATUS', 'ACTIVE'],
    ];
    const detail: Tree =
      account.kind === 'investment'
        ? [
            'INVACCTINFO',
            [
              [
                'INVACCTFROM',
                [
                  ['BROKERID', institution.brokerId ?? ''],
                  ['ACCTID', account.id],
                ],
              ],
              ['USPRODUCTTYPE', 'OTHER'],
              ['CHECKING', 'N'],
              ['SVCSTATUS', 'ACTIVE'],
            ],
          ]
        : account.kind === 'creditcard'
          ? ['CCACCTINFO', [['CCACCTFROM', [['ACCTID', account.id]]], ...service]]
          : [
              'BANKACCTINFO',
              [
                [
                  'BANKACCTFROM',
                  [
                    ['BANKID', account.routing ?? ''],
                    ['ACCTID', account.id],
                    ['ACCTTYPE', account.kind.toUpperCase()],
                  ],
                ],
                ...service,
              ],
            ];
    return ['ACCTINFO', [['DESC', account.description], detail]];
  });
  return ['ACCTINFORS', [['DTACCTUP', '20190101000000'], ...infos]];
}

function profile({ institution, url }: AnswerContext): Tree {
  const core: Tree = [
    'MSGSETCORE',
    [
      ['VER', '1'],
      ['URL', url],
      ['OFXSEC', 'NONE'],
      ['TRANSPSEC', 'Y'],
      ['SIGNONREALM', institution.org],
      ['LANGUAGE', 'ENG'],
      ['SYNCMODE', 'LITE'],
      ['RESPFILEER', 'N'],
      ['SPNAME', institution.title],
    ],
  ];
  const sets: Tree[] = [
    ['SIGNONMSGSET', [['SIGNONMSGSETV1', [core]]]],
    [
      'SIGNUPMSGSET',
      [
        [
          'SIGNUPMSGSETV1',
          [core, ['WEBENROLL', [['URL', url]]], ['CHGUSERINFO', 'N'], ['AVAILACCTS', 'Y'], ['CLIENTACTREQ', 'N']],
        ],
      ],
    ],
    ['PROFMSGSET', [['PROFMSGSETV1', [core]]]],
  ];
  const signonInfo: Tree = [
    'SIGNONINFO',
    [
      ['SIGNONREALM', institution.org],
      ['MIN', '4'],
      ['MAX', '32'],
      ['CHARTYPE', 'ALPHAORNUMERIC'],
      ['CASESEN', 'Y'],
      ['SPECIAL', 'Y'],
      ['SPACES', 'N'],
      ['PINCH', 'N'],
    ],
  ];
  const address: Tree[] = [
    ['ADDR1', '1 Example Street'],
    ['CITY', 'Exampleton'],
    ['STATE', 'NY'],
    ['POSTALCODE', '10001'],
    ['COUNTRY', 'USA'],
  ];
  return [
    'PROFRS',
    [
      ['MSGSETLIST', sets],
      ['SIGNONINFOLIST', [signonInfo]],
      ['DTPROFUP', '20190101000000'],
      ['FINAME', institution.title],
      ...address,
    ],
  ];
}

function matches(account: SandboxAccount, from: Node | undefined, card: boolean): boolean {
  if (account.id !== value(from, 'ACCTID')) return false;
  return card
    ? account.kind === 'creditcard'
    : account.routing === value(from, 'BANKID') && account.kind.toUpperCase() === value(from, 'ACCTTYPE');
}

function windowOf(include: Node | undefined): Window | number {
  if (include === undefined) return { from: null, to: null, include: false };
  const day = (name: string) => {
    const text = value(include, name);
    return text === '' ? null : `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  };
  const [from, to] = [day('DTSTART'), day('DTEND')];
  if ((from !== null && !isIsoDate(from)) || (to !== null && !isIsoDate(to))) return 2020;
  if (from !== null && to !== null && from > to) return 2027;
  return { from, to, include: value(include, 'INCLUDE') !== 'N' };
}

function accountIdOf(content: Node): string | null {
  const from = content.children.find(({ name }) => name.endsWith('ACCTFROM'));
  return from === undefined ? null : value(from, 'ACCTID');
}

export function status(code: number): Tree {
  const message = MESSAGES[code];
  const severity = code === 0 ? 'INFO' : 'ERROR';
  return [
    'STATUS',
    [
      ['CODE', String(code)],
      ['SEVERITY', severity],
      ...(message === undefined ? [] : [['MESSAGE', message] satisfies Tree]),
    ],
  ];
}

export function decimalOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function stamp(now: Date): string {
  return `${now.toISOString().replace(/[-:T]/g, '').slice(0, 14)}.000[0:GMT]`;
}
