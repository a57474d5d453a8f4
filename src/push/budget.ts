/** Which of a person's budgets is meant. */

import { PushError } from '../errors.js';
import { nearest } from '../model/nearest.js';
import type { PushTargetName } from '../model/push.js';

/** By its id, by its name, or the only one. @throws PushError that lists them. */
export function budgetFor<T extends { readonly id: string; readonly name: string }>(
  target: PushTargetName,
  wanted: string | null,
  budgets: readonly T[],
): T {
  const [only, another] = budgets;
  const names = budgets.map(({ name }) => name);
  const there =
    budgets.length === 0 ? 'There is none yet: make one first.' : `There are: ${names.slice(0, 12).join(', ')}`;
  const where = `Name it under push: ${target}: budget: in accounts.yaml.`;
  if (wanted === null) {
    if (only !== undefined && another === undefined) return only;
    throw new PushError('PUSH_FAILED', budgets.length === 0 ? 'there is no budget' : 'there are several budgets', {
      hint: budgets.length === 0 ? there : `${where} ${there}`,
    });
  }
  const found = budgets.filter(({ id, name }) => id === wanted || name === wanted);
  const [one, second] = found;
  if (one !== undefined && second === undefined) return one;
  if (one !== undefined)
    throw new PushError('PUSH_FAILED', `there are ${found.length} budgets ${JSON.stringify(wanted)}`, {
      hint: `Name it by its id: ${found.map(({ id }) => id).join(', ')}`,
    });
  const near = nearest(wanted, names);
  throw new PushError('PUSH_FAILED', `there is no budget ${JSON.stringify(wanted)}`, {
    hint: near === null ? there : `Did you mean ${JSON.stringify(near)}? ${where}`,
  });
}
