/** The answers of a set-up that was interrupted, without the password, kept in the data folder for the next one. */

import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { locateData } from '../../config/yaml/locate.js';
import { openDirectory } from '../../institutions/directory.js';
import { present } from '../../model/present.js';
import { ensureFolder } from '../../store/folder.js';
import type { ConfigTarget } from './config-file.js';
import { directoryOrigin } from './origin.js';
import { type Answers, type Origin, PASSWORD_STORAGES, type SetUpState, STEPS, type StepId } from './state.js';

const FILE = 'init.json';
const VERSION = 1;
const MOST_LETTERS = 100_000;

const TEXTS = ['org', 'fid', 'name', 'userId', 'where', 'ca'] as const;
const LISTS = ['files', 'pickedIds'] as const;
const FLAGS = ['trusted', 'wantsIds', 'isNamed', 'isPlaced'] as const;
/** Everything but the password, and what the bank says anew at each sign-on. */
const KEYS: readonly string[] = [...TEXTS, ...LISTS, ...FLAGS, 'storage', 'learned', 'parts'];

/** Keeps the answers. A data folder that cannot be written is no reason to stop the set-up. */
export function keepAnswers({ answers, done, given }: SetUpState, target: ConfigTarget): void {
  const { origin } = answers;
  if (origin === undefined || origin.kind === 'existing') return;
  const short = origin.kind === 'directory' ? { kind: origin.kind, id: origin.id } : origin;
  const entries = Object.entries(answers).filter(([key]) => KEYS.includes(key));
  const kept = {
    version: VERSION,
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
    // The set-up goes on without it.
  }
}

export function forgetAnswers(target: ConfigTarget): void {
  try {
    rmSync(join(folderOf(target), FILE), { force: true });
  } catch {
    // The next set-up asks whether to go on with them.
  }
}

/** Returns the set-up as far as it can go on: to the password, which was not kept. `null` without one for this file. */
export async function keptState(target: ConfigTarget): Promise<SetUpState | null> {
  try {
    const kept = recordOf(JSON.parse(readFileSync(join(folderOf(target), FILE), 'utf8').slice(0, MOST_LETTERS)));
    const origin = await originOf(recordOf(kept['origin']));
    if (kept['version'] !== VERSION || kept['config'] !== target.file || origin === null) return null;
    const done = stepsOf(kept['done']);
    const stop = done.findIndex((step) => STEPS.indexOf(step) >= STEPS.indexOf('storage'));
    const answers = { ...answersOf(recordOf(kept['answers'])), origin };
    return { answers, done: stop < 0 ? done : done.slice(0, stop), given: stepsOf(kept['given']) };
  } catch {
    // Nothing is kept, or not in the form of this version.
    return null;
  }
}

function answersOf(kept: Readonly<Record<string, unknown>>): Answers {
  const storage = PASSWORD_STORAGES.find((one) => one === kept['storage']);
  const texts = TEXTS.flatMap((key) => (typeof kept[key] === 'string' ? [[key, kept[key]]] : []));
  const lists = LISTS.flatMap((key) => (kept[key] === undefined ? [] : [[key, textsIn(kept[key])]]));
  const flags = FLAGS.flatMap((key) => (typeof kept[key] === 'boolean' ? [[key, kept[key]]] : []));
  const learned = Object.entries(recordOf(kept['learned'])).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  const parts = Object.entries(recordOf(kept['parts'])).map(([step, texts]) => [step, textsIn(texts)]);
  return {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(lists),
    ...Object.fromEntries(flags),
    ...present({ storage }),
    learned: Object.fromEntries(learned),
    parts: Object.fromEntries(parts),
  };
}

async function originOf(kept: Readonly<Record<string, unknown>>): Promise<Origin | null> {
  const { kind, url, id } = kept;
  if (kind === 'files' || kind === 'bridge') return { kind };
  if (kind === 'url' && typeof url === 'string' && URL.canParse(url)) return { kind, url };
  const found = kind === 'directory' && typeof id === 'string' ? (await openDirectory()).lookUp(id) : null;
  return found === null || 'suggestions' in found ? null : directoryOrigin(found);
}

function stepsOf(value: unknown): StepId[] {
  return STEPS.filter((step) => textsIn(value).includes(step));
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(Object(value)));
}

function folderOf({ invocation: { options, io } }: ConfigTarget): string {
  return locateData(options.data, io);
}
