/** The answers of a set-up that was interrupted, without the password, kept in the data folder for the next one. */

import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { accountSchema } from '../../config/schema.js';
import { locateData } from '../../config/yaml/locate.js';
import { openDirectory } from '../../institutions/directory.js';
import { present } from '../../model/present.js';
import { ensureFolder } from '../../store/folder.js';
import type { ConfigTarget } from './config-file.js';
import { directoryOrigin } from './origin.js';
import { type Answers, INITIAL_STATE, PASSWORD_STORAGES, type SetUpState, STEPS } from './state.js';

const FILE = 'init.json';
const MOST_LETTERS = 100_000;

const text = z.string().max(1000);
/** Everything but the password, and what the bank says anew at each sign-on. */
const ANSWERS = z.strictObject({
  trusted: z.boolean(),
  org: text,
  fid: text,
  wantsIds: z.boolean(),
  files: text,
  name: text,
  isNamed: z.boolean(),
  userId: text,
  storage: z.enum(PASSWORD_STORAGES),
  where: text,
  isPlaced: z.boolean(),
  ca: text,
  learned: z.record(z.string(), text),
  picked: z.array(accountSchema).max(2000),
  parts: z.partialRecord(z.enum(STEPS), z.array(text).max(10_000)),
});
const KEPT = z.strictObject({
  version: z.literal(1),
  /** The accounts.yaml that was to be written. */
  config: text,
  done: z.array(z.enum(STEPS)).max(STEPS.length),
  given: z.array(z.enum(STEPS)).max(STEPS.length),
  origin: z.union([
    z.strictObject({ kind: z.literal('directory'), id: text }),
    z.strictObject({ kind: z.literal('url'), url: text }),
    z.strictObject({ kind: z.literal('files') }),
  ]),
  answers: ANSWERS.partial(),
});
const KEYS: readonly string[] = Object.keys(ANSWERS.shape);

/** Keeps the answers. A data folder that cannot be written is no reason to stop the set-up. */
export function keepAnswers({ answers, done, given }: SetUpState, target: ConfigTarget): void {
  const { origin } = answers;
  if (origin === undefined || origin.kind === 'existing') return;
  const short = origin.kind === 'directory' ? { kind: origin.kind, id: origin.id } : origin;
  const entries = Object.entries(answers).filter(([key]) => KEYS.includes(key));
  const kept = {
    version: 1,
    config: target.file,
    done,
    given,
    origin: short,
    answers: Object.fromEntries(entries),
  };
  try {
    const folder = folderOf(target);
    ensureFolder(folder);
    const draft = join(folder, `.${FILE}.${randomBytes(4).toString('hex')}`);
    writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 });
    renameSync(draft, join(folder, FILE));
  } catch {
    // Nothing is lost that was there.
  }
}

export function forgetAnswers(target: ConfigTarget): void {
  try {
    rmSync(join(folderOf(target), FILE), { force: true });
  } catch {
    // The next set-up asks whether to go on with them.
  }
}

/** Returns the set-up as far as it can go on: to the password, which was not kept. `null` when there is none for this file. */
export async function keptState(target: ConfigTarget): Promise<SetUpState | null> {
  try {
    const json = readFileSync(join(folderOf(target), FILE), 'utf8');
    const { config, done, given, origin, answers } = KEPT.parse(JSON.parse(json.slice(0, MOST_LETTERS)));
    if (config !== target.file) return null;
    const known = await originOf(origin);
    if (known === null) return null;
    const stop = done.findIndex((step) => STEPS.indexOf(step) >= STEPS.indexOf('storage'));
    const answered: Answers = present({ ...answers, origin: known });
    return { ...INITIAL_STATE, answers: answered, done: stop < 0 ? done : done.slice(0, stop), given };
  } catch {
    // Nothing is kept, or not in the form of this version.
    return null;
  }
}

async function originOf(origin: z.infer<typeof KEPT>['origin']): Promise<Answers['origin'] | null> {
  if (origin.kind !== 'directory') return origin;
  const found = (await openDirectory()).lookUp(origin.id);
  return 'suggestions' in found ? null : directoryOrigin(found);
}

function folderOf({ invocation: { options, io } }: ConfigTarget): string {
  return locateData(options.data, io);
}
