/** Positions in journals: trades end what is there, and what the transactions do not explain is balanced and named. */

import { expect, test } from 'vitest';
import { exporters, OpeningTally } from '../../../src/exporters/index.js';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Position } from '../../../src/model/statement.js';
import type { Adjustment, ExportInput, HeldChange, StoredTransaction } from '../../../src/ports.js';
import { exportInput, rendered, state } from '../../support/export-input.js';
import { BROKER, position, trade } from '../../support/journal-scene.js';

const units = (value: string) => decimal(value);

function input(
  transactions: readonly StoredTransaction[],
  positions: readonly Position[],
  change: Parameters<typeof exportInput>[1] = {},
): ExportInput {
  const holdings = { asOf: isoDate('2026-11-18'), cash: null, margin: null, short: null, positions };
  return exportInput(transactions, { accounts: [BROKER], states: [state(BROKER, { holdings })], ...change });
}

function full(of: ExportInput): ExportInput {
  const tally = new OpeningTally(of);
  for (const transaction of of.transactions) tally.add(transaction);
  return { ...of, openings: [...tally.openings(), ...tally.idle(of.settings)] };
}

function written(of: ExportInput, format: 'hledger' | 'beancount' = 'beancount') {
  const adjusted: Adjustment[] = [];
  const text = rendered(exporters[format].render({ ...of, onAdjustment: (one) => adjusted.push(one) }));
  return { text, adjusted };
}

const buy = (day: string, count: string) =>
  trade(day, `-${count}0`, { action: 'BUYSTOCK', detail: 'BUY', units: units(count), unitPrice: units('10') });
const sell = (day: string, count: string, detail = 'SELL') =>
  trade(day, `${count}0`, { action: 'SELLSTOCK', detail, units: units(`-${count}`), unitPrice: units('10') });

test('bought 100 and 10 are there: an entry balances the position and says so', () => {
  const { text, adjusted } = written(full(input([buy('2026-11-02', '100')], [position('ACME', '037833100', '10')])));
  expect(adjusted).toEqual([{ of: 'harbor/ira', commodity: 'ACME', date: '2026-11-18', units: '-90', had: '100' }]);
  expect(text).toContain(`
2026-11-18 * "Adjustment of a position" "the transactions make 100 and the bank has 10: perhaps an unreported split or transfer"
  adjustment: "harbor/ira ACME"
  Assets:Harbor:Ira:ACME  -90 ACME {}
  Equity:Adjustments

2026-11-19 balance Assets:Harbor:Ira:ACME  10 ~ 0 ACME
`);
});

test('a position that the transactions explain is not adjusted', () => {
  const { text, adjusted } = written(full(input([buy('2026-11-02', '100')], [position('ACME', '037833100', '100')])));
  expect(adjusted).toEqual([]);
  expect(text).not.toContain('Adjust');
});

test('a short option that expires as units transferred in ends the short position', () => {
  const sold = sell('2026-11-02', '1', 'SELLSHORT');
  const expired = trade('2026-11-06', '0', { action: 'TRANSFER', detail: 'IN', units: units('1') });
  const { text, adjusted } = written(full(input([sold, expired], [])));
  expect(text).toContain('  Assets:Harbor:Ira:ACME  -1 ACME {10 USD}\n');
  expect(text).toContain('  Assets:Harbor:Ira:ACME  1 ACME {}\n  Equity:Transfers\n');
  expect(adjusted).toEqual([]);
});

test('units that end a short position and go on as a long one are two postings', () => {
  const moved = trade('2026-11-06', '0', { action: 'TRANSFER', detail: 'IN', units: units('3') });
  const { text } = written(full(input([sell('2026-11-02', '1', 'SELLSHORT'), moved], [])));
  expect(text).toContain('  Assets:Harbor:Ira:ACME  1 ACME {}\n  Assets:Harbor:Ira:ACME  2 ACME {{0.00 USD}}\n');
});

test('a sale that the bank lists before the purchase of its day comes after it', () => {
  const both = [sell('2026-11-02', '5'), buy('2026-11-02', '5')];
  const { text, adjusted } = written(full(input(both, [position('ACME', '037833100', '0')])));
  expect(text.indexOf('BUYSTOCK')).toBeLessThan(text.indexOf('SELLSTOCK'));
  expect(adjusted).toEqual([]);
});

const held = (count: string): ReadonlyMap<string, readonly HeldChange[]> =>
  new Map([['Assets:Harbor:Ira:ACME', [{ date: isoDate('2026-11-01'), units: units(count) }]]]);

test('a sale of more than a continued journal has is preceded by an entry for the rest', () => {
  const continued = input([sell('2026-11-05', '15')], [], { settings: { held: held('10') } });
  const { text, adjusted } = written(continued);
  expect(adjusted).toEqual([{ of: 'harbor/ira', commodity: 'ACME', date: '2026-11-05', units: '5', had: '10' }]);
  expect(text.indexOf('5 ACME {{50.00 USD}}')).toBeLessThan(text.indexOf('-15 ACME {}'));
});

test('where the journal is not at hand, nothing is adjusted', () => {
  const { adjusted } = written(
    input([sell('2026-11-05', '15')], [position('ACME', '037833100', '3')], { settings: { held: null } }),
  );
  expect(adjusted).toEqual([]);
});

test.each(['hledger', 'ledger', 'beancount'] as const)('%s: what a journal holds is read from it', (format) => {
  const text = rendered(exporters[format].render(full(input([buy('2026-11-02', '7'), sell('2026-11-03', '2')], []))));
  const read = exporters[format].heldIn?.();
  const changes = text.split('\n').flatMap((line) => read?.(line) ?? []);
  expect(changes).toEqual([
    { account: 'Assets:Harbor:Ira:ACME', date: '2026-11-02', units: '7' },
    { account: 'Assets:Harbor:Ira:ACME', date: '2026-11-03', units: '-2' },
  ]);
});

test.each([
  ['a share at its price', { unitPrice: units('14.10'), marketValue: units('141.00') }, '14.10'],
  ['an option at the worth of its contract', { unitPrice: units('1.25'), marketValue: units('1250') }, '125'],
  [
    'a bond at its worth, where the price is a percentage',
    { unitPrice: units('98.5'), marketValue: units('9.85') },
    '0.985',
  ],
])('the newest price: %s', (_, change, price) => {
  const at = position('ACME', '037833100', '10', change);
  const { text } = written(full(input([buy('2026-11-02', '10')], [at])));
  expect(text).toContain(`2026-11-18 price ACME  ${price} USD\n`);
  expect(written(full(input([buy('2026-11-02', '10')], [at])), 'hledger').text).toContain(
    `P 2026-11-18 ACME ${price} USD\n`,
  );
});

test('a price that the journal has is not written twice', () => {
  const at = position('ACME', '037833100', '10', { unitPrice: units('12') });
  const declared = new Set(['P 2026-11-18 ACME 12 USD']);
  const { text } = written(input([buy('2026-11-02', '10')], [at], { settings: { declared } }), 'hledger');
  expect(text).not.toContain('P 2026-11-18');
});

test('a dividend names its security', () => {
  const dividend = trade('2026-11-05', '3.00', { action: 'INCOME', detail: 'DIV' });
  expect(written(full(input([dividend], []))).text).toContain('  ticker: "ACME"\n');
  expect(written(full(input([dividend], [])), 'hledger').text).toContain('    ; ticker: ACME\n');
});

test('what an account without a transaction holds opens on the day of its statement', () => {
  const { text } = written(full(input([], [position('ACME', '037833100', '10', { unitPrice: units('12') })])));
  expect(text).toContain('2026-11-18 * "Opening balance" ""\n  opening: "harbor/ira securities"\n');
  expect(text).toContain('2026-11-19 balance Assets:Harbor:Ira:ACME  10 ~ 0 ACME');
});
