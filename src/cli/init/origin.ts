/** The first question of guided set-up, for the institution: words search the directory, an address is used unchanged. */

import { urlComplaint } from '../../config/address.js';
import { type Directory, type DirectoryInstitution, openDirectory } from '../../institutions/directory.js';
import { SANDBOX_INSTITUTIONS } from '../../sandbox/institutions.js';
import { visible } from '../terminal/escape.js';
import type { Choice } from '../terminal/prompts.js';
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
  hint: 'sandbox://river, user and password demo',
};

export async function askOrigin({ prompts, answers }: QuestionContext): Promise<QuestionResult> {
  if (answers.origin === undefined)
    prompts.say(['Set up a bank: type its name, or the address of its OFX server (https://…).', '']);
  const directory = await openDirectory();
  const chosen = await prompts.search('Which bank?', (typed) => choicesFor(typed, directory));
  if (chosen === null) return null;
  return { origin: originOf(chosen, directory) };
}

/** Returns the origin that a choice stands for. */
function originOf(chosen: string, directory: Directory): Origin {
  if (chosen === FILES.id) return { kind: 'files' };
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
function choicesFor(typed: string, directory: Directory): Choice[] {
  const text = typed.trim();
  if (text === '') return [FILES, TRY];
  const address = addressOf(text);
  if (address !== null) return [address];
  if (/^sandbox\b/i.test(text)) return sandboxes();
  const results = directory.searchInstitutions(text, MAX_CHOICES);
  const found = results.map(({ institution }) => ({
    id: institution.id,
    label: visible(institution.title),
    hint: hintOf(institution),
  }));
  if (results.length === 0) return [FILES];
  // A bank of a similar name must not be chosen with Enter alone.
  return results.some(({ isNamed }) => isNamed) ? found : [notNamed(text), ...found];
}

function notNamed(typed: string): Choice {
  return {
    id: FILES.id,
    label: `No bank in the directory is named ${visible(JSON.stringify(typed))}: read files that I download`,
    hint: 'or type the address of its OFX server; these names are similar',
  };
}

function hintOf({ ended, evidence }: DirectoryInstitution): string {
  return visible(ended ?? `last seen ${evidence.seen}${evidence.isStale ? ', not confirmed since' : ''}`);
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
    label: `${title} (made up)`,
    hint: `sandbox://${name}, user and password demo`,
  }));
}
