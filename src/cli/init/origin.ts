/** The first question of guided set-up, for the institution: words search the directory, an address is used unchanged. */

import { urlComplaint } from '../../config/address.js';
import { type Directory, type DirectoryInstitution, openDirectory } from '../../institutions/directory.js';
import { serviceState } from '../../institutions/service-state.js';
import { SANDBOX_INSTITUTIONS } from '../../sandbox/institutions.js';
import { isSetupToken } from '../../simplefin/access.js';
import { visible } from '../terminal/escape.js';
import type { Choice } from '../terminal/prompts.js';
import { namesIn } from './config-file.js';
import type { QuestionContext, QuestionResult } from './question.js';
import type { Origin } from './state.js';

const MAX_CHOICES = 50;
const FILES = {
  id: 'files',
  label: 'My bank only offers downloads',
  hint: 'read statement files from a folder',
};
const TRY = {
  id: 'sandbox://river',
  label: 'Try it with a made-up bank',
  hint: 'user and password: demo',
};
const BRIDGE = {
  id: 'simplefin',
  label: 'My banks are behind a SimpleFIN bridge',
  hint: 'paste its setup token',
};
const TOKEN = 'token:';
const EXISTING = 'existing:';

/** @param typed words to begin the search with */
export async function askOrigin({ prompts, answers, target }: QuestionContext, typed = ''): Promise<QuestionResult> {
  if (answers.origin === undefined)
    prompts.say(['Set up a bank: type its name, or the address of its OFX server (https://…).', '']);
  const directory = await openDirectory();
  const existing = namesIn(target);
  const chosen = await prompts.search('Which bank?', (words) => choicesFor(words, directory, existing), typed);
  if (chosen === null) return null;
  if (chosen.startsWith(TOKEN)) return { origin: { kind: 'bridge' }, password: chosen.slice(TOKEN.length) };
  return { origin: originOf(chosen, directory) };
}

/** Returns the origin that the words of the command line name exactly; `null` when they only begin a search. */
export async function originNamed(words: string, existing: readonly string[]): Promise<Origin | null> {
  const text = words.trim();
  if (text === '') return null;
  if (existing.includes(text)) return { kind: 'existing', name: text };
  if (text.toLowerCase() === BRIDGE.id) return { kind: 'bridge' };
  const address = addressOf(text);
  if (address !== null) return { kind: 'url', url: address.id };
  const directory = await openDirectory();
  const found = directory.lookUp(text);
  if (!('suggestions' in found)) return directoryOrigin(found);
  const same = directory
    .searchInstitutions(text, MAX_CHOICES)
    .filter(({ institution: { title } }) => title.toLowerCase() === text.toLowerCase());
  const [only] = same;
  return only === undefined || same.length > 1 ? null : directoryOrigin(only.institution);
}

/** Returns the origin that a choice stands for. */
function originOf(chosen: string, directory: Directory): Origin {
  if (chosen === FILES.id) return { kind: 'files' };
  if (chosen === BRIDGE.id) return { kind: 'bridge' };
  if (chosen.startsWith(EXISTING)) return { kind: 'existing', name: chosen.slice(EXISTING.length) };
  if (chosen.includes('://')) return { kind: 'url', url: chosen };
  const found = directory.lookUp(chosen);
  return 'suggestions' in found ? { kind: 'files' } : directoryOrigin(found);
}

export function directoryOrigin({ id, title, ended, advice, evidence }: DirectoryInstitution): Origin {
  return {
    kind: 'directory',
    id,
    title,
    ended: ended === null ? null : { what: ended, advice: advice ?? '' },
    evidence: evidence.text,
    isStale: evidence.isStale,
  };
}

/** Returns the institutions that match the words; before anything is typed, the choices that need no name. */
function choicesFor(typed: string, directory: Directory, existing: readonly string[]): Choice[] {
  const text = typed.trim();
  if (text === '') return [FILES, TRY, BRIDGE, ...existing.map(existingChoice)];
  if (isSetupToken(text)) return [{ id: `${TOKEN}${text}`, label: 'Claim this setup token of a SimpleFIN bridge' }];
  if (/^simple ?fin\b/i.test(text))
    return [...existing.filter((name) => name.startsWith(text)).map(existingChoice), BRIDGE];
  const address = addressOf(text);
  if (address !== null) return [address];
  if (/^sandbox\b/i.test(text)) return sandboxes();
  const own = existing.filter((name) => name.toLowerCase().startsWith(text.toLowerCase())).map(existingChoice);
  const results = directory.searchInstitutions(text, MAX_CHOICES);
  const found = results.map(({ institution }) => ({
    id: institution.id,
    label: visible(institution.title),
    hint: serviceState(institution),
  }));
  if (own.length + results.length === 0) return [FILES];
  // A bank of a similar name must not be chosen with Enter alone.
  const isKnown = own.length > 0 || results.some(({ isNamed }) => isNamed);
  return [...own, ...(isKnown ? [] : [notNamed(text)]), ...found];
}

function notNamed(typed: string): Choice {
  return {
    id: FILES.id,
    label: `No bank in the directory is named ${visible(JSON.stringify(typed))}: read files that I download`,
    hint: 'or type the address of its OFX server; these names are similar',
  };
}

function existingChoice(name: string): Choice {
  return { id: `${EXISTING}${name}`, label: `${visible(name)} (set up already)`, hint: 'change' };
}

function addressOf(text: string): Choice | null {
  const spelt = /^[\w-]+(?:\.[\w-]+)+\/\S*$/.test(text) ? `https://${text}` : text;
  if (!/^(?:https?|sandbox):\/\/./i.test(spelt)) return null;
  const complaint = urlComplaint(spelt);
  if (complaint !== null) return null;
  return { id: spelt, label: `Use the address ${visible(spelt)}` };
}

function sandboxes(): Choice[] {
  return SANDBOX_INSTITUTIONS.map(({ name, title }) => ({
    id: `sandbox://${name}`,
    label: `${title} (sandbox://${name})`,
    hint: 'made up',
  }));
}
