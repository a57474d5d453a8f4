/** A mistake that no single key shows, with its place in the file. */

import type { Path } from './yaml/positions.js';

export interface RuleProblem {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly suggestion?: string;
}
