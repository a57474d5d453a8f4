/** What the repair stage has to know of an element name, found once a spelling and not once a tag. */

import { plainName } from '../text/clean.js';
import { contentOf, isAmount, isList, kindOf, levelOf, type NameKind } from './names.js';

export interface Name {
  /** OFX's own spelling: upper case, no namespace prefix. */
  readonly name: string;
  /** As the file writes it, to find its end tag. */
  readonly spelling: string;
  readonly kind: NameKind;
  readonly level: number | null;
  readonly isList: boolean;
  /** A number: an amount, units, a price. */
  readonly isAmount: boolean;
  /** The only values that an aggregate may hold, for those whose missing end tag shows in this way. */
  readonly content: ReadonlySet<string> | null;
  /** Its end tag, spelled like this start tag. */
  readonly ownEnd: string;
  readonly startTag: string;
  readonly endTag: string;
}

/** A hostile file may have a million names; OFX has under two thousand. */
const MOST_REMEMBERED = 2_000;

export class NameTable {
  readonly #bySpelling = new Map<string, Name>();

  get(spelling: string): Name {
    const known = this.#bySpelling.get(spelling);
    if (known !== undefined) return known;
    const name = describe(spelling);
    if (this.#bySpelling.size < MOST_REMEMBERED) this.#bySpelling.set(spelling, name);
    return name;
  }
}

function describe(spelling: string): Name {
  const name = plainName(spelling);
  return {
    name,
    spelling,
    kind: kindOf(name),
    level: levelOf(name),
    isList: isList(name),
    isAmount: isAmount(name),
    content: contentOf(name),
    ownEnd: `</${spelling}>`,
    startTag: `<${name}>`,
    endTag: `</${name}>`,
  };
}
