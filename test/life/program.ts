/** The program under `src/`, for tests; the benchmark gives a life that of `dist/`. */

import { loadConfigText } from '../../src/config/load.js';
import { readOfx } from '../../src/ofx/read.js';
import { openStore } from '../../src/store/open.js';
import { importStatements, replay } from '../../src/sync/import.js';
import { sync } from '../../src/sync/sync.js';
import { wire } from '../../src/wiring.js';
import type { Program } from './household.js';

export const PROGRAM: Program = { loadConfigText, openStore, wire, sync, importStatements, replay, readOfx };
