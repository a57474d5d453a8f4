/** Checks that an installed schedule still fits this program and this machine. */

import { existsSync, realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Schedule } from '../../schedule/state.js';
import type { Machine } from '../../schedule/system.js';
import { systems } from '../../schedule/systems.js';
import { timingOptions } from '../../schedule/timing.js';
import type { CliIo } from '../terminal/io.js';

export function placeOf({ home, env, platform }: CliIo): Machine {
  return { home, env, platform, uid: userInfo().uid };
}

interface Problem {
  readonly message: string;
  readonly hint: string;
}

/** Returns what keeps the installed schedules from running as they should. */
export function scheduleProblems(installed: readonly Schedule[], io: CliIo): Problem[] {
  const several =
    installed.length < 2
      ? []
      : [
          {
            message: `there are ${installed.length} schedules (${installed.map(({ system }) => system).join(', ')})`,
            hint: 'Remove them all and install one: ofx-sync schedule remove',
          },
        ];
  return [...several, ...installed.flatMap((one) => problemsOf(one, io))];
}

function problemsOf({ system, mark, active }: Schedule, io: CliIo): Problem[] {
  const { program } = io;
  const again = `Install it again: ofx-sync schedule install ${timingOptions(mark.timing)}`;
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

/** Returns the value after an option in a command line, `null` without it. */
export function argumentOf(command: readonly string[], option: string): string | null {
  const at = command.indexOf(option);
  return at < 0 ? null : (command[at + 1] ?? null);
}
