/** What an institution offers and where, and what a signon must look like: PROFRS. */

import type { AnswerContext } from './answer-context.js';
import type { SandboxInstitution } from './institutions.js';
import type { Tree } from './write.js';

/** DTPROFUP: whoever has a profile of this date, or later, has the latest. */
export const PROFILE_DATE = '20190101000000';

export function profile(context: AnswerContext): Tree {
  const { institution } = context;
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
      ['MSGSETLIST', messageSets(context)],
      ['SIGNONINFOLIST', [signonInfo(context)]],
      ['DTPROFUP', PROFILE_DATE],
      ['FINAME', institution.title],
      ...address,
    ],
  ];
}

function messageSets({ institution, url, statementsUrl }: AnswerContext): Tree[] {
  const here = core(institution, url);
  const there = core(institution, statementsUrl ?? url);
  const set = (name: string, content: readonly Tree[]): Tree => [`${name}MSGSET`, [[`${name}MSGSETV1`, content]]];
  const has = (kinds: readonly string[]) => institution.accounts.some(({ kind }) => kinds.includes(kind));
  const signup: Tree[] = [
    here,
    ['WEBENROLL', [['URL', url]]],
    ['CHGUSERINFO', 'N'],
    ['AVAILACCTS', 'Y'],
    ['CLIENTACTREQ', 'N'],
  ];
  const email: Tree = [
    'EMAILPROF',
    [
      ['CANEMAIL', 'N'],
      ['CANNOTIFY', 'N'],
    ],
  ];
  const investments: Tree[] = [
    there,
    ...['TRANDNLD', 'OODNLD', 'POSDNLD', 'BALDNLD'].map((name): Tree => [name, 'Y']),
    ['CANEMAIL', 'N'],
  ];
  return [
    set('SIGNON', [here]),
    set('SIGNUP', signup),
    ...(has(['checking', 'savings', 'cd']) ? [set('BANK', [there, ['CLOSINGAVAIL', 'Y'], email])] : []),
    ...(has(['creditcard']) ? [set('CREDITCARD', [there, ['CLOSINGAVAIL', 'Y']])] : []),
    ...(has(['investment']) ? [set('INVSTMT', investments), set('SECLIST', [there, ['SECLISTRQDNLD', 'N']])] : []),
    ...(has(['loan']) ? [set('LOAN', [there])] : []),
    set('PROF', [here]),
  ];
}

function core({ org, title }: SandboxInstitution, url: string): Tree {
  return [
    'MSGSETCORE',
    [
      ['VER', '1'],
      ['URL', url],
      ['OFXSEC', 'NONE'],
      ['TRANSPSEC', 'Y'],
      ['SIGNONREALM', org],
      ['LANGUAGE', 'ENG'],
      ['SYNCMODE', 'LITE'],
      ['RESPFILEER', 'N'],
      ['SPNAME', title],
    ],
  ];
}

function signonInfo({ institution, wants, url }: AnswerContext): Tree {
  const yes = (name: string): Tree => [name, 'Y'];
  return [
    'SIGNONINFO',
    [
      ['SIGNONREALM', institution.org],
      ['MIN', '4'],
      ['MAX', '32'],
      ['CHARTYPE', 'ALPHAORNUMERIC'],
      ['CASESEN', 'Y'],
      ['SPECIAL', 'Y'],
      ['SPACES', 'N'],
      ['PINCH', 'Y'],
      ['CHGPINFIRST', wants.includes('new-password') ? 'Y' : 'N'],
      ...(wants.includes('credential') ? [['USERCRED1LABEL', 'Telephone PIN'] satisfies Tree] : []),
      ...(wants.includes('client-uid') || wants.includes('confirmed-client-uid') ? [yes('CLIENTUIDREQ')] : []),
      ...(wants.includes('token')
        ? [
            yes('AUTHTOKENFIRST'),
            ['AUTHTOKENLABEL', 'Access code'] satisfies Tree,
            ['AUTHTOKENINFOURL', url.split('?')[0] ?? url] satisfies Tree,
          ]
        : []),
      ...(wants.includes('questions') ? [yes('MFACHALLENGESUPT'), yes('MFACHALLENGEFIRST')] : []),
    ],
  ];
}
