/** Look-up of institutions, and the origin of each quirk. */

import { describe, expect, test } from 'vitest';
import { quirksTable } from '../../../scripts/quirks-table.js';
import { parseConfig } from '../../../src/config/load.js';
import { type DirectoryInstitution, makeDirectory, openDirectory } from '../../../src/institutions/directory.js';
import { quirksSchema } from '../../../src/institutions/quirks.js';
import { resolveQuirks } from '../../../src/institutions/resolve.js';
import type { Quirks } from '../../../src/model/institution.js';

const directory = await openDirectory();

function known(id: string): DirectoryInstitution {
  const found = directory.lookUp(id);
  if ('suggestions' in found) throw new Error(`${id} is not in the directory`);
  return found;
}

describe('look-up', () => {
  test('returns everything that a connection needs', () => {
    expect(known('etrade')).toMatchObject({
      title: 'E*TRADE',
      url: 'https://ofx.etrade.com/cgi-ofx/etradeofx',
      org: 'fldProv_mId',
      fid: 'fldProv_mProvBankId',
      brokerId: 'etrade.com',
      quirks: { ofxVersion: '102', clientUid: 'never' },
      ended: null,
      advice: null,
      processor: { host: 'ofx.etrade.com', institutions: 1 },
    });
  });

  test.each(['Wells-Fargo', ' wells-fargo '])('%j is read as people write it', (id) => {
    expect(known(id).id).toBe('wells-fargo');
  });

  test.each([
    ['wells-fago', 'wells-fargo'],
    ['Wells Fargo', 'wells-fargo'],
    ['vangard', 'vanguard'],
    ['amex', 'american-express'],
  ])('%s is unknown; %s comes first among the near ones', (typed, near) => {
    expect(directory.lookUp(typed)).toEqual({ suggestions: expect.arrayContaining([near]) });
    expect(directory.lookUp(typed)).toHaveProperty('suggestions.0', near);
  });

  test.each(['', 'constructor', '__proto__', 'zzzzqqqq'])('%j has no suggestions', (id) => {
    expect(directory.lookUp(id)).toEqual({ suggestions: [] });
  });

  test('the quirks of a host hold for all of its institutions', () => {
    for (const id of ['discover', 'discover-bank'])
      expect(known(id)).toMatchObject({
        quirks: {
          headerOrder: ['Content-Type', 'Host', 'Content-Length', 'Connection'],
          userAgent: 'none',
          minIntervalMs: 5000,
        },
        why: { minIntervalMs: expect.stringContaining('five seconds') },
      });
    expect(known('pnc').processor).toMatchObject({ operator: 'CheckFree (Fiserv)' });
    expect(known('pnc').processor?.institutions).toBeGreaterThan(20);
  });

  test('the quirks of a host are found by the host alone', () => {
    expect(directory.processor('OFX.discovercard.com')).toMatchObject({ operator: 'Discover', institutions: 2 });
    expect(directory.processor('ofx.river.example')).toBeNull();
  });

  test('an institution’s own quirk has priority over that of its host', () => {
    const row = { id: 'a', name: 'A', host: 'h', url: 'https://h/', strength: 'used', seen: '2025-01' } as const;
    const made = makeDirectory(
      [{ ...row, version: '103', quirks: { accept: 'own' }, why: { accept: 'mine' } }],
      [{ host: 'h', quirks: { accept: 'host', userAgent: 'none' }, why: { accept: 'its', userAgent: 'its too' } }],
    );
    expect(made.lookUp('a')).toMatchObject({
      quirks: { ofxVersion: '103', accept: 'own', userAgent: 'none' },
      why: { accept: 'mine', userAgent: 'its too' },
    });
  });
});

describe('institutions that differ', () => {
  test.each([
    ['discover', ['headerOrder', 'userAgent', 'minIntervalMs', 'unstableFitid', 'fitidLength']],
    ['jpmorgan-retirement', ['shortDates']],
    ['franklin-templeton-investments', ['overlapDays']],
    ['tangerine-bank-canada', ['profile']],
    ['vantage-credit-union', ['profile']],
    ['vanguard', ['cookies', 'tlsCiphers', 'prettyPrint', 'profile', 'profileUrl', 'overlapDays']],
    ['citi-cards', ['ofxVersion', 'accept', 'clientUid', 'prettyPrint', 'closeTags']],
    ['american-express', ['accept']],
    ['schwab', ['userAgent']],
    ['fidelity-netbenefits', ['userAgent']],
    ['fidelity', ['shortDates']],
    ['etrade', ['ofxVersion', 'clientUid']],
    ['usaa', ['appId', 'appVer', 'clientUid', 'userAgent', 'closeTags']],
    ['ncsecu', ['newFileUid', 'userAgent']],
    ['chase', ['ofxVersion', 'clientUid', 'unstableFitid']],
    ['wells-fargo', ['clientUid', 'appVer']],
    ['becu', ['ofxVersion', 'fi', 'prettyPrint']],
    ['truist', ['dateZone']],
    ['patelco', ['tlsMinVersion']],
    ['first-tech', ['headerOrder']],
    ['capital-one-360', ['alwaysDateRange', 'profile']],
  ] as const)('%s: %j, each with its reason', (id, keys) => {
    const { quirks, why } = known(id);
    expect(quirks).toMatchObject(Object.fromEntries(keys.map((key) => [key, expect.anything()])));
    expect(why).toMatchObject(Object.fromEntries(keys.map((key) => [key, expect.stringMatching(/\(.+\)|;/)])));
  });
});

describe('remarks for a person', () => {
  test('22 institutions required encrypted passwords', () => {
    const wanting = directory.institutions.filter(({ note }) => note?.includes('SECURITY TYPE1'));
    expect(wanting).toHaveLength(22);
    expect(wanting.map(({ id }) => id)).toEqual(expect.arrayContaining(['hudson-valley-fcu', 'mercer', 'insight-cu']));
  });

  test.each([
    ['citi-cards', /ten minutes/],
    ['american-express', /masked card number/],
    ['usaa', /member number of nine digits/],
    ['wells-fargo', /different routing numbers/],
    ['discover', /May 2017/],
    ['etrade', /empty id/],
    ['becu', /HTTP 400 in 2024/],
  ])('%s: %s', (id, what) => {
    expect(known(id).note).toMatch(what);
  });
});

describe('evidence', () => {
  test('gives its age, and the offer of Direct Connect', () => {
    expect(known('becu').evidence.text).toBe(
      'last seen 2021-08: settings tested by an open-source client; listed with Direct Connect in August 2026',
    );
  });

  test('warns of an address that has not been confirmed for years', () => {
    expect(known('wells-fargo').evidence.isStale).toBe(false);
    expect(known('patelco').evidence.isStale).toBe(true);
    expect(known('patelco').evidence.text).toContain('ask the bank');
  });

  test.each([
    ['chase', '2022', /spring 2022/],
    ['american-express', 'by 2026-08', /August 2021/],
    ['capital-one', 'by 2018', /2018/],
    ['usaa', 'by 2026-08', /2021/],
    ['discover', 'by 2021', /2021/],
    ['schwab', '2020', /late 2020/],
    ['fidelity', '2025-12', /December 2025/],
    ['fidelity-netbenefits', '2025-12', /December 2025/],
    ['merrill', 'by 2019-11', /November 2019/],
    ['ncsecu', '2022', /2022/],
  ])('%s ended %s, and files are what to take instead', (id, on, what) => {
    const { ended, endedOn, advice } = known(id);
    expect(endedOn).toBe(on);
    expect(ended).toMatch(what);
    expect(advice).toMatch(/files: \[~\/Downloads\/|its website offers CSV.*, and no OFX.*command:/);
  });

  test('an ended service says which file its website offers, where, and how the files are named', () => {
    expect(known('chase').advice).toBe(
      'download “Quicken Web Connect (QFX)” from its website (the account, “Download account activity” (the arrow above the transactions), File type) and read the files with files: [~/Downloads/Chase*_Activity*.qfx]',
    );
    expect(known('ally-bank').advice).toContain('read the files with files: [~/Downloads/*.qfx, ~/Downloads/*.ofx]');
    expect(known('fidelity').advice).toBe(
      'its website offers CSV, and no OFX since 2025-12: have a converter print OFX from it (command:, docs/sources.md)',
    );
    expect(known('merrill').advice).toBe(
      'download QFX or OFX files from its website and read them with files: [~/Downloads/*.qfx, ~/Downloads/*.ofx]',
    );
    expect(known('merrill').download).toBeNull();
  });

  test('an end that became known later breaks no configuration that names it', () => {
    const text = (id: string) =>
      `institutions:\n  - { name: a, directory: ${id}, userId: b, accounts: [{ name: c, kind: creditcard, id: "1" }] }\n`;
    const load = (id: string) => parseConfig(text(id), 'accounts.yaml', { lookUp: directory.lookUp });
    for (const id of ['bank-of-the-west', 'peoples-united-bank-ct', 'iberia-bank', 'sharebuilder']) {
      expect(known(id).ended).toMatch(/^it (?:was taken over|became)/);
      expect(load(id).institutions[0]?.url).toBe(known(id).url);
    }
    expect(() => load('schwab')).toThrow('one mistake');
    expect(() => load('penfed')).toThrow('one mistake');
  });

  test('the number in the list of August 2026 is part of the evidence', () => {
    expect(known('td-bank').evidence).toMatchObject({
      text: expect.stringContaining('listed with Direct Connect in August 2026, as number 56610'),
      directConnect: 'yes',
      seen: '2015-02',
    });
    expect(known('patelco').evidence.directConnect).toBe('no');
  });

  test('names the institution that took over the accounts', () => {
    expect(known('suntrust')).toMatchObject({
      successor: 'truist',
      advice: expect.stringContaining('directory: truist'),
    });
  });
});

describe('resolved quirks', () => {
  test('user before institution before processor, each with its origin and reason', () => {
    const { own, processor } = known('discover');
    const user: Quirks = { minIntervalMs: 9000, shortDates: true };
    expect(resolveQuirks({ user, institution: own, processor })).toEqual([
      { key: 'ofxVersion', value: '102', origin: 'institution', why: expect.any(String), overrides: [] },
      { key: 'userAgent', value: 'none', origin: 'processor', why: expect.any(String), overrides: [] },
      { key: 'headerOrder', value: expect.any(Array), origin: 'processor', why: expect.any(String), overrides: [] },
      { key: 'minIntervalMs', value: 9000, origin: 'user', why: null, overrides: ['processor'] },
      { key: 'shortDates', value: true, origin: 'user', why: null, overrides: [] },
      { key: 'unstableFitid', value: true, origin: 'processor', why: expect.any(String), overrides: [] },
      { key: 'fitidLength', value: 24, origin: 'processor', why: expect.any(String), overrides: [] },
    ]);
  });

  test('false is a value', () => {
    const [first] = resolveQuirks({ user: { prettyPrint: false }, institution: known('becu').own });
    expect(first).toMatchObject({ key: 'ofxVersion', origin: 'institution' });
    expect(resolveQuirks({ user: { prettyPrint: false }, institution: known('becu').own })).toContainEqual({
      key: 'prettyPrint',
      value: false,
      origin: 'user',
      why: null,
      overrides: ['institution'],
    });
  });

  test('agree with the result of a look-up, for every institution', () => {
    for (const { own, processor, quirks } of directory.institutions)
      expect(
        Object.fromEntries(resolveQuirks({ institution: own, processor }).map(({ key, value }) => [key, value])),
      ).toEqual(quirks);
  });

  test('are empty without layers', () => {
    expect(resolveQuirks({})).toEqual([]);
  });
});

describe('the table of quirks', () => {
  const rows = quirksTable(directory);

  test('has every key, each with a description', () => {
    expect(rows.map(({ key }) => key)).toEqual(quirksSchema.keyof().options);
    expect(rows.filter(({ does }) => does.length < 5)).toEqual([]);
  });

  test('prefers an institution whose service has not ended', () => {
    expect(rows.find(({ key }) => key === 'clientUid')?.example?.institution).not.toBe('Chase');
    expect(rows.find(({ key }) => key === 'newFileUid')?.example).toEqual({
      institution: "North Carolina State Employees' Credit Union",
      value: 'none',
      why: expect.stringContaining('NEWFILEUID'),
    });
  });
});

describe('with accounts.yaml', () => {
  const yaml = (id: string) =>
    `institutions:\n  - name: mine\n    directory: ${id}\n    userId: env:USER_ID\n    accounts: [{ name: c, kind: creditcard, id: "4111" }]\n`;

  test('fills in what the file omits', () => {
    const config = parseConfig(yaml('citi-cards'), '/tmp/accounts.yaml', { lookUp: directory.lookUp });
    expect(config.institutions[0]).toMatchObject({
      title: 'Citi Cards',
      org: 'Citigroup',
      fid: '24909',
      clientUid: 'auto',
      quirks: { ofxVersion: '103', closeTags: true },
    });
  });

  test('a service that has ended is reported before anything is sent', () => {
    const load = () => parseConfig(yaml('fidelity'), '/tmp/accounts.yaml', { lookUp: directory.lookUp });
    expect(load).toThrowError(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    try {
      load();
    } catch (error) {
      expect(error).toHaveProperty(
        'problems.0.message',
        'Fidelity Investments can no longer be reached: it ended Direct Connect in December 2025',
      );
    }
  });

  test('an unknown name comes with the nearest one', () => {
    expect(() => parseConfig(yaml('wells-fago'), '/tmp/accounts.yaml', { lookUp: directory.lookUp })).toThrowError(
      expect.objectContaining({
        problems: [expect.objectContaining({ suggestion: expect.stringContaining('`wells-fargo`') })],
      }),
    );
  });
});
