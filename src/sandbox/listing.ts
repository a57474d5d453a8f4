/** Which accounts a login has, and what an institution offers: ACCTINFORS and PROFRS. */

import type { SandboxInstitution } from './institutions.js';
import type { Tree } from './write.js';

export function accountList(institution: SandboxInstitution): Tree {
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

export function profile(institution: SandboxInstitution, url: string): Tree {
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
      ['CHGPINFIRST', 'N'],
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
