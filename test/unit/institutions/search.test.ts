/** Searches as people type them, and the institutions that they mean. */

import { describe, expect, test } from 'vitest';
import { makeDirectory, openDirectory } from '../../../src/institutions/directory.js';

const directory = await openDirectory();
const first = (words: string) => directory.searchInstitutions(words)[0]?.institution;

describe('the first result', () => {
  test.each([
    ['chase', 'chase', 'ended'],
    ['Chase Bank', 'chase', 'ended'],
    ['amex', 'american-express', 'ended'],
    ['american express', 'american-express', 'ended'],
    ['amercian express', 'american-express', 'ended'],
    ['bofa', 'bank-of-america', 'ended'],
    ['b of a', 'bank-of-america', 'ended'],
    ['bank of amercia', 'bank-of-america', 'ended'],
    ['capital one', 'capital-one', 'ended'],
    ['cap1', 'capital-one', 'ended'],
    ['ing direct', 'capital-one-360', 'ended'],
    ['schwab', 'schwab', 'ended'],
    ['shwab', 'schwab', 'ended'],
    ['charles schwab bank', 'schwab-bank', 'ended'],
    ['fidelity', 'fidelity', 'ended'],
    ['fidelty investments', 'fidelity', 'ended'],
    ['netbenefits', 'fidelity-netbenefits', 'ended'],
    ['fidelity 401k', 'fidelity-netbenefits', 'ended'],
    ['usaa', 'usaa', 'ended'],
    ['discover', 'discover', 'ended'],
    ['discover card', 'discover', 'ended'],
    ['merrill edge', 'merrill', 'ended'],
    ['ncsecu', 'ncsecu', 'ended'],
    ['secu', 'ncsecu', 'ended'],
    ['td ameritrade', 'td-ameritrade', 'ended'],
    ['scottrade', 'scottrade', 'ended'],
    ['suntrust', 'suntrust', 'ended'],
    ['union bank', 'union-bank', 'ended'],
    ['wachovia', 'wachovia', 'ended'],
    ['bbva compass', 'compass-bank', 'ended'],
    ['citibank', 'citibank', 'ended'],
    ['citi', 'citi-cards', 'alive'],
    ['citi cards', 'citi-cards', 'alive'],
    ['wells fargo', 'wells-fargo', 'alive'],
    ['wellsfargo', 'wells-fargo', 'alive'],
    ['wellsfargo.com', 'wells-fargo', 'alive'],
    ['https://www.usbank.com/online', 'us-bank', 'alive'],
    ['citi double cash', 'citi-cards', 'alive'],
    ['wels fargo', 'wells-fargo', 'alive'],
    ['wf', 'wells-fargo', 'alive'],
    ['vanguard', 'vanguard', 'alive'],
    ['vangaurd', 'vanguard', 'alive'],
    ['etrade', 'etrade', 'alive'],
    ['E*TRADE', 'etrade', 'alive'],
    ['td', 'td-bank', 'alive'],
    ['td bank', 'td-bank', 'alive'],
    ['usb', 'us-bank', 'alive'],
    ['u.s. bank', 'us-bank', 'alive'],
    ['us bank', 'us-bank', 'alive'],
    ['pnc', 'pnc', 'alive'],
    ['PNC Bank', 'pnc', 'alive'],
    ['truist', 'truist', 'alive'],
    ['bb&t', 'truist', 'alive'],
    ['becu', 'becu', 'alive'],
    ['boeing employees credit union', 'becu', 'alive'],
    ['fifth third', 'fifth-third', 'alive'],
    ['5/3', 'fifth-third', 'alive'],
    ['huntingdon bank', 'huntington', 'alive'],
    ['regions', 'regions', 'alive'],
    ['key bank', 'keybank', 'alive'],
    ['comerica', 'comerica', 'alive'],
    ['t rowe price', 't-rowe-price', 'alive'],
    ['golden one', 'golden-1', 'alive'],
    ['navy federal', 'navy-federal', 'ended'],
    ['Navy Federal Credit Union', 'navy-federal', 'ended'],
    ['nfcu', 'navy-federal', 'ended'],
    ['penfed', 'penfed', 'ended'],
    ['pentagon federal', 'penfed', 'ended'],
    ['alliant', 'alliant-credit-union', 'ended'],
    ['ally', 'ally-bank', 'ended'],
    ['hsbc', 'hsbc', 'ended'],
    ['ibkr', 'interactive-brokers', 'ended'],
    ['schoolsfirst', 'octfcu', 'alive'],
    ['octfcu', 'octfcu', 'alive'],
    ['fleet', 'bank-of-america-fleet', 'ended'],
    ['first tech', 'first-tech', 'alive'],
    ['msufcu', 'msufcu', 'alive'],
    ['Ràymond  JÁMES', 'raymond-james', 'alive'],
  ])('%s is %s, %s', (words, id, state) => {
    const institution = first(words);
    expect(institution?.id).toBe(id);
    expect(institution?.ended === null ? 'alive' : 'ended').toBe(state);
  });
});

describe('the list', () => {
  test('ranks by score, up to the limit', () => {
    const found = directory.searchInstitutions('first national bank', 7);
    expect(found).toHaveLength(7);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test('contains all institutions of a group', () => {
    const ids = directory.searchInstitutions('wells fargo').map(({ institution }) => institution.id);
    expect(ids).toEqual(expect.arrayContaining(['wells-fargo', 'wells-fargo-advisors', 'wells-fargo-trust']));
  });

  test.each([[''], ['   '], ['!!!'], ['zzzzqqqq'], ['constructor'], ['__proto__'], ['toString'], ['银行']])(
    'is empty for %j',
    (words) => {
      expect(directory.searchInstitutions(words)).toEqual([]);
    },
  );

  test('a common word alone finds the institutions that have it', () => {
    expect(directory.searchInstitutions('credit union').length).toBeGreaterThan(5);
  });

  test('a query of any length is answered', () => {
    expect(directory.searchInstitutions('bank '.repeat(100_000)).length).toBeGreaterThan(0);
  });

  test('finds every institution by its own name', () => {
    const sample = directory.institutions.filter((_, at) => at % 25 === 0);
    const lost = sample.filter(({ id, title }) => {
      const found = directory.searchInstitutions(title).slice(0, 5);
      return !found.some(({ institution }) => institution.id === id || institution.title === title);
    });
    expect(lost.map(({ id }) => id)).toEqual([]);
  });
});

describe('a name that is typed is', () => {
  const isNamed = (words: string) => directory.searchInstitutions(words).some((one) => one.isNamed);

  test.each([
    'wells fargo',
    'wellsfargo',
    'vangaurd',
    'chase bank',
    'https://www.usbank.com/online',
    'wf',
    'secu',
    'huntingdon bank',
    'first national',
    'navy',
    'navy army',
    'charles river',
    'penta',
    'td',
  ])('in the directory: %s', (words) => {
    expect(isNamed(words)).toBe(true);
  });

  test.each(['sofi', 'digital federal credit union', 'navy credit', 'river wells', 'chase manhattan trust'])(
    'not in the directory: %s, whatever is similar',
    (words) => {
      expect(isNamed(words)).toBe(false);
    },
  );

  test('not in the directory, as long as its only words stand apart', () => {
    const row = { host: 'h', url: 'https://h/', strength: 'used', seen: '2025-01' } as const;
    const own = makeDirectory([{ ...row, id: 'navy-army', name: 'Navy Army Federal Credit Union' }], []);
    expect(own.searchInstitutions('navy federal')).toMatchObject([
      { institution: { id: 'navy-army' }, isNamed: false },
    ]);
    expect(own.searchInstitutions('navy army')).toMatchObject([{ isNamed: true }]);
  });
});
