/**
 * Finds institutions by what people type: short names, misspellings, joined words, missing accents and punctuation. It has its
 * own scoring instead of a fuzzy-search package, since the ranking depends on knowledge of banks: which words distinguish them,
 * their nicknames, and how likely an entry still works.
 */

import { edits } from '../model/nearest.js';
import { COMMON_WORDS, SHORT_NAMES, SHORT_WORDS } from './data/abbreviations.js';
import type { Evidence } from './evidence.js';

interface Searchable {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly evidence: Evidence;
}

export interface SearchResult<Institution> {
  readonly institution: Institution;
  /** From 0 to about 1.1; higher fits better. */
  readonly score: number;
  /** The words that were typed stand in its name together and in their order; else the name is merely similar. */
  readonly isNamed: boolean;
}

/** A name or query, split once. */
interface Phrase {
  readonly words: readonly string[];
  /** All letters and digits without spaces. */
  readonly joined: string;
}

const NAMES = new Map(Object.entries(SHORT_NAMES));
const WORDS = new Map(Object.entries(SHORT_WORDS));
const LONGEST_QUERY = 100;
const LEAST_SCORE = 0.55;
/** With a slip, a shorter word is another name: SoFi is not BofI. */
const LONG_WORD = 6;
/** Results this much worse than the best are noise. */
const WIDEST_GAP = 0.25;
const STRENGTH_BONUS = { used: 0.04, settings: 0.02, answered: 0.01, listed: 0, none: 0 } as const;
const OFFER_BONUS = { yes: 0.02, 'yes?': 0.01, no: 0, 'no?': 0 } as const;

/** Returns a function that ranks the institutions for some words. */
export function searchIndex<Institution extends Searchable>(institutions: readonly Institution[]) {
  const entries = institutions.map((institution) => ({ institution, names: namesOf(institution) }));
  return (words: string, limit: number): readonly SearchResult<Institution>[] => {
    const queries = queriesOf(words.slice(0, LONGEST_QUERY));
    const found = entries.flatMap(({ institution, names }) => {
      const fit = Math.max(0, ...queries.flatMap((query) => names.map((name) => phraseFit(query, name))));
      if (fit < LEAST_SCORE) return [];
      const isNamed = queries.some((query) => names.some((name) => isIn(query, name)));
      return [{ institution, score: fit + bonus(institution.evidence), isNamed }];
    });
    found.sort((a, b) => b.score - a.score || compare(a.institution.title, b.institution.title));
    const best = found[0]?.score ?? 0;
    return found.filter(({ score }) => score >= best - WIDEST_GAP).slice(0, limit);
  };
}

function namesOf({ id, title, aliases }: Searchable): readonly Phrase[] {
  return [title, ...aliases, id].map((name) => phrase(normalize(name)));
}

/** Returns the typed words, and the names that they abbreviate. */
function queriesOf(words: string): readonly Phrase[] {
  const typed = normalize(nameOfSite(words));
  const whole = NAMES.get(typed);
  const [first = '', ...rest] = typed.split(' ');
  const started =
    rest.length > 0 && SHORT_NAMES[first] !== undefined ? `${SHORT_NAMES[first]} ${rest.join(' ')}` : null;
  return [typed, whole, started].flatMap((text) => (text ? [phrase([...new Set(text.split(' '))].join(' '))] : []));
}

/** Returns the name in the address of a website such as `www.usbank.com`; other text unchanged. */
function nameOfSite(words: string): string {
  const site = /^\s*(?:https?:\/\/)?(?:www\.)?([a-z0-9-]+)\.(?:com|org|net|coop|bank)(?:\/\S*)?\s*$/i.exec(words);
  return site?.[1] ?? words;
}

/** Returns lower case without accents; punctuation becomes spaces, and apostrophes vanish. */
function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function phrase(text: string): Phrase {
  const words = text
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) => (WORDS.get(word) ?? word).split(' '));
  return { words, joined: text.replaceAll(' ', '') };
}

/** Returns 1 for equal phrases, and less the more is missing on either side. */
function phraseFit(query: Phrase, name: Phrase): number {
  if (query.joined === '' || name.joined === '') return 0;
  return Math.max(joinedFit(query.joined, name.joined), wordsFit(query.words, name.words));
}

/** Returns true when the words of a query follow each other in a name. A common word may follow the end of the name. */
function isIn(query: Phrase, name: Phrase): boolean {
  if (query.joined === '') return false;
  if (query.joined.length >= 4 && name.joined.startsWith(query.joined)) return true;
  return name.words.some((_, start) =>
    query.words.every((word, at) => {
      const own = name.words[start + at];
      if (own === undefined) return weight(word) < 1;
      return own.startsWith(word) || (word.length >= LONG_WORD && wordFit(word, own) > 0);
    }),
  );
}

function joinedFit(query: string, name: string): number {
  if (query === name) return 1;
  if (query.length >= 4 && name.startsWith(query)) return 0.75 + 0.2 * (query.length / name.length);
  if (query.length < 5 || Math.abs(query.length - name.length) > 2) return 0;
  const likeness = 1 - edits(query, name) / query.length;
  return likeness >= 0.75 ? 0.95 * likeness : 0;
}

function wordsFit(query: readonly string[], name: readonly string[]): number {
  const taken = new Set<number>();
  let matched = 0;
  let isDistinctive = false;
  for (const word of query) {
    const { at, fit } = bestWord(word, name, taken);
    if (at >= 0) taken.add(at);
    matched += weight(word) * fit;
    isDistinctive ||= fit > 0 && (weight(word) === 1 || query.every((one) => weight(one) < 1));
  }
  if (!isDistinctive) return 0;
  const wanted = total(query);
  const covered = total(name.filter((_, at) => taken.has(at))) / total(name);
  return 0.75 * (matched / wanted) + 0.2 * covered + (query[0] === name[0] ? 0.03 : 0);
}

function bestWord(word: string, name: readonly string[], taken: ReadonlySet<number>): { at: number; fit: number } {
  let best = { at: -1, fit: 0 };
  for (const [at, candidate] of name.entries()) {
    const fit = taken.has(at) ? 0 : wordFit(word, candidate);
    if (fit > best.fit) best = { at, fit };
  }
  return best;
}

function wordFit(word: string, candidate: string): number {
  if (word === candidate) return 1;
  if (word.length >= 2 && candidate.startsWith(word)) return 0.6 + 0.35 * (word.length / candidate.length);
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (allowed === 0 || Math.abs(word.length - candidate.length) > allowed) return 0;
  const distance = edits(word, candidate);
  return distance <= allowed ? 0.9 - 0.1 * distance : 0;
}

function weight(word: string): number {
  return COMMON_WORDS.has(word) ? 0.25 : 1;
}

function total(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + weight(word), 0);
}

function bonus({ strength, directConnect }: Evidence): number {
  return STRENGTH_BONUS[strength] + (directConnect === null ? 0 : OFFER_BONUS[directConnect]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
