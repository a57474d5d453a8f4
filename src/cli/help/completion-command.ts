/** `ofx-sync completion SHELL` prints the script; the scripts run `completion names|institutions` at each Tab. */

import { UsageError } from '../../errors.js';
import { exporters } from '../../exporters/index.js';
import { didYouMean } from '../../model/nearest.js';
import { PUSH_TARGETS } from '../../model/push.js';
import { SYSTEM_NAMES } from '../../schedule/systems.js';
import { ACTIONS, STEPS } from '../command/action.js';
import type { CommandRow, Invocation } from '../command/command.js';
import { configToRead } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { write } from '../terminal/io.js';
import { completionScript, SHELLS, type Vocabulary } from './completion.js';

export async function completionCommand(invocation: Invocation): Promise<number> {
  const { io, words } = invocation;
  const [what = ''] = words;
  if (what === 'names' || what === 'institutions') return names(what, invocation);
  const shell = SHELLS.find((one) => one === what);
  if (shell === undefined)
    throw new UsageError(
      `completion takes ${SHELLS.join(', ')}, not ${JSON.stringify(what)}`,
      didYouMean(what, SHELLS, 'For example: ofx-sync completion bash >> ~/.bashrc', 'ofx-sync completion '),
    );
  await write(io.stdout, completionScript(shell, invocation.commands, vocabulary(invocation.commands)));
  return EXIT.ok;
}

function vocabulary(commands: readonly CommandRow[]): Vocabulary {
  return {
    actions: {
      ...ACTIONS,
      push: PUSH_TARGETS,
      completion: SHELLS,
      help: ['config', ...commands.map(({ name }) => name)],
    },
    steps: STEPS,
    values: {
      '--format': Object.keys(exporters),
      '--system': SYSTEM_NAMES,
      '--as': ['statement', 'repaired', 'tree'],
      '--password': ['keychain', 'env:', 'file:', 'command:', 'prompt'],
      '--log-format': ['text', 'json'],
    },
  };
}

/** Prints one name per line; nothing when the configuration is missing or has mistakes, because Tab must not print errors. */
async function names(what: 'names' | 'institutions', invocation: Invocation): Promise<number> {
  try {
    const quiet = { ...invocation, options: { ...invocation.options, quiet: true } };
    const { institutions } = (await configToRead(quiet, { accountsToCome: true })).config;
    const all = institutions.flatMap(({ name, accounts }) =>
      what === 'institutions' ? [name] : [name, ...accounts.map((account) => `${name}/${account.name}`)],
    );
    await write(invocation.io.stdout, all.map((name) => `${name}\n`).join(''));
  } catch {
    return EXIT.ok;
  }
  return EXIT.ok;
}
