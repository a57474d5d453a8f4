/** A secret from a command, such as a password manager's: the first line that it prints. */

import { spawn } from 'node:child_process';
import { SecretError } from '../errors.js';
import { Secret } from '../model/secret.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expect, firstLine, notFound, who } from './simple.js';

/** A password manager may ask for its own password in a window. */
const TIME_LIMIT_MS = 60_000;
const MOST_OUTPUT = 65_536;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const command: SecretProvider = {
  scheme: 'command',
  get: async (reference, context) => {
    const { command: line } = expect(reference, 'command');
    const shown = typeof line === 'string' ? line : (line[0] ?? '');
    const { code, stdout, stderr } = await run(line, shown, context);
    if (code !== 0) {
      const said = firstLine(stderr.trim()).slice(0, 200);
      throw notFound(
        context,
        `the command ${JSON.stringify(shown)} failed (exit ${code ?? 'by signal'})${said === '' ? '' : `: ${said}`}`,
        'Run the command by hand to see why.',
      );
    }
    const value = firstLine(stdout);
    if (value === '')
      throw notFound(
        context,
        `the command ${JSON.stringify(shown)} printed nothing`,
        'Run the command by hand: its first line of output is the secret.',
      );
    return new Secret(value);
  },
};

/** A list runs as it is; a text goes through the shell. Standard input stays closed: nobody is there to type. */
function run(line: string | readonly string[], shown: string, context: SecretContext): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [program = '', ...args] = typeof line === 'string' ? [line] : line;
    const child = spawn(program, args, {
      shell: typeof line === 'string',
      cwd: context.baseDir,
      env: { ...context.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIME_LIMIT_MS,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        if (output[stream].length < MOST_OUTPUT) output[stream] += chunk;
      });
    }
    child.on('error', (cause) => {
      reject(
        new SecretError(
          'SECRET_PROVIDER_UNAVAILABLE',
          `${who(context)}: the command ${JSON.stringify(shown)} cannot be run`,
          { cause: cause.name, hint: 'Check its name and whether it is in the PATH of this run.' },
        ),
      );
    });
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
