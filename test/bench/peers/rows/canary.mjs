/** A password that is easy to find: searched in every file, in all output, and in the list of processes, at the loudest setting. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from '../clients/index.mjs';
import { cellsOf, run, startBanks } from '../lab.mjs';

const CANARY = 'c4nary-1177-pass';
const FORMS = [
  CANARY,
  Buffer.from(CANARY).toString('base64').replace(/=+$/, ''),
  Buffer.from(CANARY).toString('hex'),
  Buffer.from(CANARY, 'utf16le').toString('latin1'),
];

export const canaryRow = {
  key: 'canary',
  title: 'Places in which the password is found after a run with the most log',
  run: async ({ dir, say }) => {
    const measured = async (client) => {
      const { places } = await measure(client, join(dir, 'canary', client.name));
      say(`${client.name}: ${places.join(', ') || 'none'}`);
      return { places };
    };
    return { cells: await cellsOf(CLIENTS, measured, { say, isAlone: true }) };
  },
};

/** A run that succeeds, and one that the bank refuses. The folder `given` is where the person put the password. */
async function measure(client, dir) {
  mkdirSync(dir, { recursive: true });
  const lab = await startBanks(1, { dir, password: CANARY });
  try {
    await client.setUp(dir, lab.banksFor(client));
    client.fresh(dir);
    const places = new Set();
    for (const accepted of [CANARY, 'changed']) {
      lab.sandbox.setPassword('b0', accepted);
      const watching = watch();
      const env = { ...client.env(dir, lab.ca), ...client.loudEnv };
      const { stdout, stderr } = await run(client.loud(dir), { cwd: dir, env, limit: 20_000, onStart: watching.start });
      if (watching.stop()) places.add('process list');
      if (holds(stdout)) places.add('standard output');
      if (holds(stderr)) places.add('log on standard error');
    }
    for (const path of filesUnder(dir))
      if (holds(readFileSync(join(dir, path), 'latin1'))) places.add(`file ${path.split('/').pop()}`);
    return { places: [...places] };
  } finally {
    await lab.close();
  }
}

function holds(text) {
  return FORMS.some((form) => text.includes(form));
}

function filesUnder(dir) {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .filter((path) => !path.startsWith('given/'));
}

/** Looks at the arguments of all processes as long as the program runs. */
function watch() {
  let isFound = false;
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (Number(pid) !== process.pid && holds(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) isFound = true;
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  let timer;
  return {
    start: () => {
      timer = setInterval(look, 10);
    },
    stop: () => {
      clearInterval(timer);
      return isFound;
    },
  };
}
