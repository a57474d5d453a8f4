/** Patterns that make careless expressions slow, and the measure for it: processor time, which a busy machine does not change much. */

const PATTERNS: Readonly<Record<string, string>> = {
  nines: '9',
  'nines and an e': '9e',
  zeros: '0',
  'thousands with commas': '1,000,',
  'thousands with points': '1.000.',
  'digits and blanks': '1 ',
  'points and commas': '.,',
  signs: '-+',
  brackets: '()',
  'currency signs': '$€',
  'currency codes': 'EUR',
  'DR and CR': '5 DR',
  blanks: ' ',
  tabs: '\t',
  'no-break spaces': '\u00a0',
  'line breaks': '\r\n',
  'line breaks of HTML': '<br/>',
  'bold letters': '<b>x</b>',
  'unknown names in lower case': 'a <one> & ',
  'comments of nothing': '<!-- -->',
  'comments without end': '<!--',
  'CDATA sections': '<![CDATA[x]]>',
  ampersands: '&',
  references: '&amp;',
  'references to half characters': '&#xD800;',
  'dates one after another': '20261118 ',
  'years last': '01/02/2026',
  'zones without end': '[-5:',
  letters: 'x',
  'letters and signs of mail addresses': 'a.b@',
  'marks without width': '\u200b',
  'letters outside the BMP': '😀',
  'title without end': '<title',
  'NUL and escape': '\0\u001b',
};

/** Returns each pattern with a text of it, which ends with something else, so that it never fits as a whole. */
export function longTexts(length: number): readonly (readonly [name: string, text: string])[] {
  return Object.entries(PATTERNS).map(([name, piece]) => [
    name,
    `${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}~`,
  ]);
}

/** Anything is linear enough that takes no more than this for the longer text. */
const BUDGET_MS = 100;

/**
 * Returns the processor time that work takes for four times as much text, as a share of what linear work may take: above 1 is
 * too much. Quadratic work on 100,000 characters takes seconds.
 */
export function excess(work: (length: number) => void, length = 25_000): number {
  const share = () => {
    const most = spentMs(() => work(4 * length));
    return most < BUDGET_MS ? 0 : most / (BUDGET_MS + 8 * spentMs(() => work(length)));
  };
  const first = share();
  // The collection of garbage may fall into one measurement.
  return first < 1 ? first : Math.min(first, share());
}

function spentMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}
