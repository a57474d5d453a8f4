/** Finds the category of a budget that a rule names. */

import type { BudgetCategory, PushSession } from '../model/push-session.js';

/** Roots of journals: rules may serve a journal and a budget. */
const ROOT = /^(?:expenses|income)\s*:\s*/i;
/** Accounts of a journal that no budget has as a category. */
const BALANCE_SHEET = /^(?:assets|liabilities|equity)\s*(?::|$)/i;
/** The group of created categories whose rules name none. */
const NEW_GROUP = 'From rules';

/** Stands for the id of a category that a dry run does not create. */
const TO_BE_CREATED = 'to be created';

export interface CategoryOptions {
  /** Create categories that the budget does not have. */
  readonly create: boolean;
  readonly dryRun: boolean;
}

/** A category of rules without one in the budget. */
export interface MissingCategory {
  readonly name: string;
  /** The budget has several of this name. */
  readonly ambiguous: boolean;
  readonly count: number;
}

/** Resolves the categories of one push; asks the budget for its own at the first one. */
export class Categories {
  readonly #session: PushSession;
  readonly #options: CategoryOptions;
  #known: BudgetCategory[] | null = null;
  readonly #resolved = new Map<string, string | null>();
  readonly #ambiguous = new Set<string>();
  #missing = new Map<string, number>();

  constructor(session: PushSession, options: CategoryOptions) {
    this.#session = session;
    this.#options = options;
  }

  /** Returns the id of a category; `null` when the budget has none, or several, which is noted. */
  async idOf(wanted: string): Promise<string | null> {
    if (BALANCE_SHEET.test(wanted.trim())) return null;
    const before = this.#resolved.get(wanted);
    const id = before === undefined ? await this.#resolve(wanted) : before;
    this.#resolved.set(wanted, id);
    if (id === null) this.#missing.set(wanted, (this.#missing.get(wanted) ?? 0) + 1);
    return id;
  }

  /** Returns the id of a category that the budget has already. */
  async knownIdOf(wanted: string): Promise<string | null> {
    this.#known ??= [...(await this.#session.categories())];
    const [found, another] = categoriesFor(wanted, this.#known);
    return found !== undefined && another === undefined ? found.id : null;
  }

  /** Returns the categories that were not found since the last call. */
  missing(): readonly MissingCategory[] {
    const list = [...this.#missing].map(([name, count]) => ({ name, count, ambiguous: this.#ambiguous.has(name) }));
    this.#missing = new Map();
    return list;
  }

  async #resolve(wanted: string): Promise<string | null> {
    this.#known ??= [...(await this.#session.categories())];
    const [found, another] = categoriesFor(wanted, this.#known);
    if (another !== undefined) this.#ambiguous.add(wanted);
    if (found !== undefined) return another === undefined ? found.id : null;
    if (!this.#options.create) return null;
    if (this.#options.dryRun) return TO_BE_CREATED;
    const made = await this.#session.createCategory(newCategory(wanted));
    this.#known.push(made);
    return made.id;
  }
}

/**
 * Returns the categories that the first fitting reading of a rule's category names: its name, `group: name`, the same without
 * the root of a journal (`Expenses:Food:Groceries`), and the last part alone.
 */
export function categoriesFor(wanted: string, all: readonly BudgetCategory[]): readonly BudgetCategory[] {
  const plain = wanted.replace(ROOT, '');
  const last = plain.split(':').at(-1) ?? plain;
  const readings: readonly ((one: BudgetCategory) => boolean)[] = [
    ...[wanted, plain].flatMap((text) => [
      ({ name }: BudgetCategory) => same(name, text),
      ({ group, name }: BudgetCategory) => same(`${group}:${name}`, text),
    ]),
    ({ name }) => same(name, last),
  ];
  return readings.map((fits) => all.filter(fits)).find((found) => found.length > 0) ?? [];
}

function newCategory(wanted: string): Omit<BudgetCategory, 'id'> {
  const parts = wanted
    .replace(ROOT, '')
    .split(':')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const name = parts.at(-1) ?? wanted.trim();
  const group = /^income\s*:/i.test(wanted) && parts.length < 2 ? 'Income' : NEW_GROUP;
  return { name, group: parts.slice(0, -1).join(': ') || group };
}

function same(a: string, b: string): boolean {
  return normalised(a) === normalised(b);
}

function normalised(text: string): string {
  return text
    .trim()
    .replace(/\s*:\s*/g, ':')
    .toLocaleLowerCase();
}
