/**
 * Commands with their real output. A page marks a block with a comment and writes the commands; what follows each of them is
 * what the program printed at a terminal, against the sandbox. The blocks of one page share a store, in their order.
 *
 *     <!-- recorded: npm run docs -->
 *     ```console
 *     $ ofx-sync status
 *     ```
 */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run.js';

const BLOCK = /(<!-- recorded: npm run docs -->\n+```console\n)([\s\S]*?)(^```$)/gm;
const COLUMNS = 100;
/** A file that a page may name, as somebody would have downloaded it. */
const STATEMENT = 'test/fixtures/statements/credit-card.ofx';

/** Returns the page with the output of today's program. */
export async function fillRecorded(text: string, root: string): Promise<string> {
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length === 0) return text;
  const home = mkdtempSync(join(tmpdir(), 'ofx-sync-docs-'));
  try {
    copyFileSync(join(root, STATEMENT), join(home, 'statement.qfx'));
    const filled: string[] = [];
    for (const [, begin = '', body = '', end = ''] of blocks)
      filled.push(begin + (await recorded(body, root, home)) + end);
    return text.replace(BLOCK, () => filled.shift() ?? '');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The text without what differs from run to run: times taken, ports, random ids, and the widths that follow from them. */
export function withoutTimes(text: string): string {
  return text
    .replace(/\d+(\.\d+)? m?s\b/g, '0 s')
    .replace(/\bport \d+/g, 'port 0')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID')
    .replace(/ {2,}/g, ' ');
}

async function recorded(body: string, root: string, home: string): Promise<string> {
  const commands = body.split('\n').filter((line) => line.startsWith('$ '));
  const outputs: string[] = [];
  for (const line of commands) {
    const printed = await output(line.slice(2), root, home);
    outputs.push(printed === '' ? `${line}\n` : `${line}\n${printed}\n`);
  }
  return outputs.join('\n');
}

/** What a person would see, without the progress that is gone at the end. */
async function output(line: string, root: string, home: string): Promise<string> {
  const [program, ...argv] = line.replace(/ +#.*$/, '').split(' ');
  if (program !== 'ofx-sync' || /["'|<>]/.test(line)) throw new RangeError(`not a plain command of ofx-sync: ${line}`);
  let text = '';
  const hear = (piece: string) => {
    text += piece;
  };
  const env = { NO_COLOR: '1', PATH: '/usr/bin:/bin' };
  await runProgram([...argv, '--no-progress'], { root, home, columns: COLUMNS, env }, { stdout: hear, stderr: hear });
  const shown = text.replaceAll('\r\n', '\n').replaceAll(home, '~').replaceAll(`${root}/`, '');
  return shown.replaceAll(/[ \t]+$/gm, '').trimEnd();
}
