/** The program, run in this process at a fixed moment and in an empty home, as its pages show it. */

import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { cli } from '../src/cli/cli.js';

export interface Place {
  /** Root of the project: `accounts.example.yaml` lies there. */
  readonly root: string;
  /** An empty folder: home, working folder and data. */
  readonly home: string;
  readonly columns: number;
  readonly env?: Readonly<Record<string, string>>;
}

interface Heard {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** The moment at which every documented run begins, in the local time zone. */
const START = new Date(2026, 10, 20, 6, 30).getTime();

/** Returns the exit status. */
export function runProgram(argv: readonly string[], place: Place, heard: Heard): Promise<number> {
  const { root, home, columns } = place;
  const begun = performance.now();
  const stream = (write: (text: string) => void) => {
    const made = Object.assign(new PassThrough(), { isTTY: true as const, columns, rows: 30 });
    made.on('data', (chunk: Buffer) => write(chunk.toString('utf8')));
    return made;
  };
  return cli(['--config', join(root, 'accounts.example.yaml'), ...argv], {
    stdin: new PassThrough(),
    stdout: stream(heard.stdout),
    stderr: stream(heard.stderr),
    env: { OFX_SYNC_DATA: home, ...place.env },
    cwd: home,
    home,
    platform: 'linux',
    user: null,
    pid: 1,
    program: ['node', 'ofx-sync'],
    now: () => new Date(START + performance.now() - begun),
    random: Math.random,
    signal: new AbortController().signal,
    interrupt: () => undefined,
  });
}
