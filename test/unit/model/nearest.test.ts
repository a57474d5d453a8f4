/** The hint that names the nearest word. */

import { expect, test } from 'vitest';
import { didYouMean } from '../../../src/model/nearest.js';

test.each<[string, string, string, string]>([
  ['a name', 'rivr', '', 'Did you mean river?'],
  ['an option', 'rivr', '--name ', 'Did you mean --name river?'],
  ['a command stands after a colon', 'rivr', 'ofx-sync sync ', 'Did you mean: ofx-sync sync river?'],
  ['nothing is near', 'xyz', 'ofx-sync sync ', 'There are: river, summit'],
])('%s', (_, word, prefix, hint) => {
  expect(didYouMean(word, ['river', 'summit'], 'There are: river, summit', prefix)).toBe(hint);
});
