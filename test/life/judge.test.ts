/** The judge of the simulator finds each kind of error, and takes none for another. */

import { expect, test } from 'vitest';
import { type Expected, judge } from './judge.js';
import type { Kept } from './policies.js';

const row = (day: number, cents: number, name = 'SHOP'): Kept => ({ day, cents, name, memo: null });
const movement = (truth: string, accepted: Kept, former: readonly Kept[] = []): Expected => ({
  truth,
  accepted: [accepted],
  versions: [...former, accepted],
  isRequired: true,
});

function verdict(expected: readonly Expected[], stored: readonly Kept[]) {
  const { right, problems } = judge(expected, stored);
  return { right, problems: problems.map(({ kind }) => kind) };
}

test('everything is right', () => {
  const rows = [row(1, -280), row(1, -280), row(2, -500)];
  const expected = rows.map((one, index) => movement(`m${index}`, one));
  expect(verdict(expected, rows.toReversed())).toEqual({ right: 3, problems: [] });
});

test('identical movements count', () => {
  const twins = [movement('a', row(1, -280)), movement('b', row(1, -280))];
  expect(verdict(twins, [row(1, -280)])).toEqual({ right: 1, problems: ['lost'] });
  expect(verdict(twins, [row(1, -280), row(1, -280), row(1, -280)])).toEqual({ right: 2, problems: ['doubled'] });
});

test('a row with a former amount, day or name is distorted', () => {
  const corrected = movement('a', row(3, -500, 'NEW'), [row(2, -400, 'OLD')]);
  for (const stored of [row(3, -400, 'NEW'), row(2, -500, 'NEW'), row(3, -500, 'OLD')])
    expect(verdict([corrected], [stored])).toEqual({ right: 0, problems: ['distorted'] });
  expect(verdict([corrected], [row(3, -500, 'NEW'), row(2, -400, 'OLD')])).toEqual({ right: 1, problems: ['doubled'] });
});

test('another amount, or a day that the bank never stated, is another movement', () => {
  expect(verdict([movement('a', row(1, -280))], [row(1, -281)]).problems).toEqual(['lost', 'doubled']);
  expect(verdict([movement('a', row(1, -280))], [row(2, -280)]).problems).toEqual(['lost', 'doubled']);
});

test('a row that a file spells otherwise is right, and belongs to one movement only', () => {
  const spelled: Expected = { ...movement('a', row(1, -280)), accepted: [row(1, -280), row(0, -280, 'SHOP USD')] };
  const former = movement('b', row(0, -280, 'SHOP USD'));
  expect(verdict([spelled, former], [row(0, -280, 'SHOP USD'), row(1, -280)])).toEqual({ right: 2, problems: [] });
});

test('as many rows as possible are assigned, in whatever order they come', () => {
  const spelled = (truth: string, day: number): Expected => ({
    ...movement(truth, row(day, -280, truth)),
    accepted: [row(day, -280, truth), row(day, -280, 'SHOP'), row(day - 1, -280, 'SHOP')],
  });
  const stored = [row(2, -280), row(1, -280), row(3, -280)];
  for (const rows of [stored, stored.toReversed()])
    expect(verdict([spelled('a', 2), spelled('b', 3), spelled('c', 4)], rows)).toEqual({ right: 3, problems: [] });
});

test('a movement that the bank removed unseen may be stored or not', () => {
  const removed = { ...movement('a', row(1, -280)), isRequired: false };
  expect(verdict([removed], [])).toEqual({ right: 0, problems: [] });
  expect(verdict([removed], [row(1, -280)])).toEqual({ right: 0, problems: [] });
});
