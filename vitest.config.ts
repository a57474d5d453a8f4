import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';

const ALL = ['test/**/*.test.ts'];

/**
 * Minutes rather than seconds, a terminal, or a program that few have: `npm test` leaves them out, `npx vitest run --project slow`
 * runs them, and `.ci/run` runs both.
 */
const SLOW = [
  // Simulated years, and a machine that sleeps.
  'test/system/{year,journal-year,push-year,simplefin-ids,sleep}.test.ts',
  // Months with a hundred banks, and years in which accounts move.
  'test/life/{bounds,files-anywhere,moves,moving-journals}.test.ts',
  // Processes killed at any moment.
  'test/system/{kill,export-kill,signon-kill}.test.ts',
  // Terminals and shells.
  'test/system/{completion,downloads-terminal,first-bank,init-questions,init-screens,init-terminal,signon-terminal}.test.ts',
  // A keychain put in the place of the system's, for the whole process.
  'test/system/{version-0.1,trust-keychain,moving}.test.ts',
  // Thirty banks that each have their ways, some with pauses of seconds.
  'test/system/{deviations,deviations-paced}.test.ts',
  // Disks of their own: full, read-only.
  'test/system/store-disk.test.ts',
  // Every command and recipe of the documentation, run again.
  'test/system/{docs,recipes,sources-recipes,every-source,demonstration}.test.ts',
  // The package, built and installed by npm.
  'test/system/{install,package}.test.ts',
  // Servers of their own, with syncs beside them.
  'test/system/{container,serve-process}.test.ts',
  // Sessions of their own: systemd, a keychain.
  'test/system/systemd.test.ts',
  // A real browser.
  'test/system/report-browser.test.ts',
  'test/contract/keychain.test.ts',
  // Journals by the thousand in programs of others, a process for each figure, and replies of many megabytes.
  'test/system/{compared,export-balances,export-years,journal-programs,large-reply,rules-programs}.test.ts',
  'test/property/{hostile,long-fields,serve}.test.ts',
  // Hundreds of runs, some of which wait for a bank that does not answer.
  'test/property/signons.test.ts',
  // Programs and files that `.ci/run` fetches; without them nothing runs.
  'test/{actual,corpus}/**/*.test.ts',
];

export default defineConfig({
  test: {
    // Limits against hanging, not against a slow machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // System tests wait a third of their time for servers and child processes: three workers keep two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'test/support/each-run.ts',
    setupFiles: 'test/support/each-file.ts',
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
    projects: [
      // Each worker reads the sources once for all its files, which saves a third of the time; so no file may leave a trace.
      { extends: true, test: { name: 'quick', include: ALL, exclude: SLOW, isolate: false } },
      { extends: true, test: { name: 'slow', include: SLOW } },
    ],
  },
});
