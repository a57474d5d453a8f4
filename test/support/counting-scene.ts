/** A person's accounts at a counting bank, and the commands with which a password may be presented to it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CountingBank, type CountingRules, startCountingBank, WRONG } from './counting-bank.js';
import { type Run, runCli } from './run-cli.js';
import { scratchDirInMemory } from './scratch.js';

export interface CountingScene {
  readonly bank: CountingBank;
  readonly cwd: string;
  /** Writes accounts.yaml: an entry for each name, with these further lines. */
  readonly configure: (how?: {
    names?: readonly string[];
    more?: readonly string[];
    accounts?: number;
    cards?: number;
  }) => void;
  /** Runs a command with the present password. */
  readonly run: (line: string, signal?: AbortSignal) => Promise<Run>;
  /** Runs a sync. @returns an outcome for each account: `river/a1 failed HTTP_STATUS`. */
  readonly sync: (line?: string) => Promise<string[]>;
  password: string;
}

export async function countingScene(rules: Partial<CountingRules> = {}, accounts = 3): Promise<CountingScene> {
  const bank = await startCountingBank(rules);
  const cwd = scratchDirInMemory();
  const scene: CountingScene = {
    bank,
    cwd,
    password: WRONG,
    configure: ({ names = ['river'], more = [], accounts: count = accounts, cards = 0 } = {}) => {
      const ids = Array.from({ length: count }, (_, index) => index + 1);
      const line = (id: number) =>
        id <= count - cards
          ? `      - { name: a${id}, kind: checking, id: "00000000${id}", routing: "121000248" }`
          : `      - { name: a${id}, kind: creditcard, id: "411111111111100${id}" }`;
      const entry = (name: string) =>
        [
          `  - name: ${name}`,
          `    url: ${bank.url}`,
          '    org: COUNT',
          '    fid: "77"',
          '    ofxVersion: "102"',
          '    userId: alex',
          '    password: env:PW',
          ...more.map((text) => `    ${text}`),
          '    accounts:',
          ...ids.map(line),
        ].join('\n');
      writeFileSync(join(cwd, 'accounts.yaml'), `institutions:\n${names.map(entry).join('\n')}\n`);
    },
    run: (line, signal) =>
      runCli(line.split(' '), {
        cwd,
        env: { PW: scene.password },
        random: () => 0,
        ...(signal === undefined ? {} : { signal }),
      }),
    sync: async (line = 'sync') => {
      const { stdout } = await scene.run(`${line} --json`);
      const { accounts: outcomes } = JSON.parse(stdout) as {
        accounts: { institution: string; account: string; status: string; error: { code: string } | null }[];
      };
      return outcomes.map(({ institution, account, status, error }) =>
        `${institution}/${account} ${status} ${error?.code ?? ''}`.trim(),
      );
    },
  };
  scene.configure();
  return scene;
}
