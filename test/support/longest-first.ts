/** Starts the test files that take longest before the others, so that no worker runs one alone in the end. */

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of a minute or nearly, the longest first. A fresh clone has not measured them. */
const LONGEST = [
  'system/journal-year',
  'system/install',
  'life/bounds',
  'system/simplefin-ids',
  'life/moving-journals',
  'property/long-fields',
  'life/files-anywhere',
  'life/moves',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return rank < 0 ? LONGEST.length : rank;
}
