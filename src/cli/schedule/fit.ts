/** Checks that an installed schedule still fits this program and this machine. */

import { existsSync, realpathSync } from 'node:fs';
import { shellWord } from '../../model/shell-word.js';
import type { Schedule } from '../../schedule/state.js';
import type { Machine } from '../../schedule/system.js';
import { isServerSystem, systems } from '../../schedule/systems.js';
import { timingOptions } from '../../schedule/timing.js';
import type { CliIo } from '../terminal/io.js';

export function placeOf({ home, env, platform, user }: CliIo): Machine {
  return { home, env, platform, uid: user?.uid ?? -1 };
}

interface Problem {
  readonly message: string;
  readonly hint: string;
}

/** Returns what keeps the installed schedules from running as they should. */
export function scheduleProblems(installed: readonly Schedule[], io: CliIo): Problem[] {
  // A server that does not sync and a timer that does belong together.
  const syncing = installed.filter(({ system, mark }) => !isServerSystem(system) || mark.command.includes('--every'));
  const several =
    syncing.length < 2
      ? []
      : [
          {
            message: `there are ${syncing.length} schedules (${syncing.map(({ system }) => system).join(', ')})`,
            hint: 'Remove them all and install one: ofx-sync schedule remove',
          },
        ];
  return [...several, ...installed.flatMap((one) => problemsOf(one, io))];
}

function problemsOf({ system, mark, active }: Schedule, io: CliIo): Problem[] {
  const { program } = io;
  const again = `Install it again: ofx-sync schedule install ${[timingOptions(mark.timing), ...serverOptionsOf(mark.command)].join(' ')}`;
  const [node = '', script = ''] = mark.command;
  const missing = [node, script, argumentOf(mark.command, '--config')].filter(
    (path) => path !== null && !existsSync(path),
  );
  if (missing.length > 0)
    return missing.map((path) => ({ message: `the schedule runs ${path}, which does not exist`, hint: again }));
  const own = program[1];
  if (existsSync(own) && realpathSync(own) !== realpathSync(script))
    return [{ message: `the schedule runs another ofx-sync: ${script} (this one is ${own})`, hint: again }];
  if (active !== false) return [];
  const commands = systems[system].enable(placeOf(io)).filter(({ mayFail }) => mayFail !== true);
  return [
    {
      message: `the ${systems[system].title} is installed, but not started`,
      hint: `Start it: ${commands.map(({ argv }) => argv.join(' ')).join(' && ')}`,
    },
  ];
}

/** Returns the options of a server in its command line, without those that every command has. */
function serverOptionsOf(command: readonly string[]): string[] {
  const [from, to] = [command.indexOf('serve'), command.indexOf('--config')];
  return from === 2 ? command.slice(from + 1, to < 0 ? command.length : to).map(shellWord) : [];
}

/** Returns the value after an option in a command line, `null` without it. */
export function argumentOf(command: readonly string[], option: string): string | null {
  const at = command.indexOf(option);
  return at < 0 ? null : (command[at + 1] ?? null);
}
