/** The profile of an institution: its services, their addresses, and its rules for a signon (PROFRS). */

import type { SandboxContext } from './context.js';
import { leaves, type Tree } from './elements.js';
import type { SandboxInstitution } from './institutions.js';
import type { WantName } from './wants.js';

/** DTPROFUP: a client with a profile of this date or later has the current one. */
export const PROFILE_DATE = '20190101000000';

export function profile(context: SandboxContext): Tree {
  const { institution } = context;
  const values = leaves({
    DTPROFUP: PROFILE_DATE,
    FINAME: institution.title,
    ADDR1: '1 Example Street',
    CITY: 'Exampleton',
    STATE: 'NY',
    POSTALCODE: '10001',
    COUNTRY: 'USA',
  });
  return ['PROFRS', [['MSGSETLIST', messageSets(context)], ['SIGNONINFOLIST', [signonInfo(context)]], ...values]];
}

function messageSets({ institution, url, statementsUrl, wants }: SandboxContext): Tree[] {
  const here = core(institution, url);
  const there = core(institution, statementsUrl ?? url);
  const bank = core(institution, statementsUrl ?? url, wants.includes('encryption') ? 'TYPE1' : 'NONE');
  const set = (name: string, content: readonly Tree[]): Tree => [`${name}MSGSET`, [[`${name}MSGSETV1`, content]]];
  const has = (kinds: readonly string[]) => institution.accounts.some(({ kind }) => kinds.includes(kind));
  const signup: Tree[] = [
    here,
    ['WEBENROLL', [['URL', url]]],
    ...leaves({ CHGUSERINFO: 'N', AVAILACCTS: 'Y', CLIENTACTREQ: 'N' }),
  ];
  const email: Tree = ['EMAILPROF', leaves({ CANEMAIL: 'N', CANNOTIFY: 'N' })];
  const investments: Tree[] = [
    there,
    ...leaves({ TRANDNLD: 'Y', OODNLD: 'Y', POSDNLD: 'Y', BALDNLD: 'Y', CANEMAIL: 'N' }),
  ];
  return [
    set('SIGNON', [here]),
    set('SIGNUP', signup),
    ...(has(['checking', 'savings', 'cd']) ? [set('BANK', [bank, ['CLOSINGAVAIL', 'Y'], email])] : []),
    ...(has(['creditcard']) ? [set('CREDITCARD', [there, ['CLOSINGAVAIL', 'Y']])] : []),
    ...(has(['investment']) ? [set('INVSTMT', investments), set('SECLIST', [there, ['SECLISTRQDNLD', 'N']])] : []),
    ...(has(['loan']) ? [set('LOAN', [there])] : []),
    set('PROF', [here]),
  ];
}

function core({ org, title }: SandboxInstitution, url: string, security: 'NONE' | 'TYPE1' = 'NONE'): Tree {
  const values = {
    VER: '1',
    URL: url,
    OFXSEC: security,
    TRANSPSEC: 'Y',
    SIGNONREALM: org,
    LANGUAGE: 'ENG',
    SYNCMODE: 'LITE',
    RESPFILEER: 'N',
    SPNAME: title,
  };
  return ['MSGSETCORE', leaves(values)];
}

function signonInfo({ institution, wants, url }: SandboxContext): Tree {
  const yesFor = (...names: readonly WantName[]) => (names.some((name) => wants.includes(name)) ? 'Y' : null);
  const hasToken = wants.includes('token');
  const values = {
    SIGNONREALM: institution.org,
    MIN: '4',
    MAX: '32',
    CHARTYPE: 'ALPHAORNUMERIC',
    CASESEN: 'Y',
    SPECIAL: 'Y',
    SPACES: 'N',
    PINCH: 'Y',
    CHGPINFIRST: yesFor('new-password') ?? 'N',
    USERCRED1LABEL: wants.includes('credential') ? 'Telephone PIN' : null,
    CLIENTUIDREQ: yesFor('client-uid', 'confirmed-client-uid'),
    AUTHTOKENFIRST: yesFor('token'),
    AUTHTOKENLABEL: hasToken ? 'Access code' : null,
    AUTHTOKENINFOURL: hasToken ? (url.split('?')[0] ?? url) : null,
    MFACHALLENGESUPT: yesFor('questions'),
    MFACHALLENGEFIRST: yesFor('questions'),
  };
  return ['SIGNONINFO', leaves(values)];
}
