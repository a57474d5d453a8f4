/** The page that compares ofx-sync with other programs, from the result of `npm run bench -- peers`. Pure. */

interface Counted {
  readonly right: number;
  readonly refused: number;
  readonly silent: number;
  readonly unended: number;
}

type Figure = number | string | readonly string[] | Counted;

interface Row {
  /** By peer; `null` where the trial does not apply. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, Figure>> | null>>;
  readonly counts?: Readonly<Record<string, number | readonly string[]>>;
  /** Load of the machine at the end of the trial. */
  readonly load: number;
}

interface Result {
  readonly date: string;
  readonly machine: Readonly<Record<'processor' | 'kernel', string> & Record<'cores' | 'memoryGb', number>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly notMeasured: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, Row>>;
}

/** A row of the table of clients. */
interface Trial {
  readonly key: string;
  readonly title: (row: Row) => string;
  readonly cell: (figures: Readonly<Record<string, Figure>>, row: Row) => string;
  readonly isShort: boolean;
}

const NONE = '–';
const FAILED = 'the trial failed';
const CLIENTS = ['ofx-sync', 'ofxclient', 'ledger-autosync', 'AqBanking', 'banking (npm)'];

const TRIALS: readonly Trial[] = [
  {
    key: 'faults',
    title: (row) =>
      `one of six accounts fails, in ${count(row, 'faults')} ways: the other five arrive (of ${grouped(count(row, 'healthy'))})`,
    cell: ({ healthy }) => shown(healthy),
    isShort: true,
  },
  {
    key: 'faults',
    title: () => '… and with a run for each account, of 5 s',
    cell: ({ alone }) => shown(alone),
    isShort: true,
  },
  {
    key: 'faults',
    title: () => '… and the one that fails: right / reported / wrong in silence',
    cell: ({ right, reported, silent }) => [right, reported, silent].map(shown).join(' / '),
    isShort: true,
  },
  {
    key: 'faults',
    title: () => '… and runs that had to be ended after 20 s',
    cell: ({ unended }) => shown(unended),
    isShort: false,
  },
  {
    key: 'signons',
    title: (row) => `sign-ons with a wrong password in ${count(row, 'runs')} runs of a timer`,
    cell: ({ signons }) => shown(signons),
    isShort: true,
  },
  {
    key: 'kill',
    title: (row) =>
      `${count(row, 'kills')} × kill -9: something was gone / of the next runs, a person had to help / were wrong even then`,
    cell: ({ gone, rounds, hand, wrong }) => `${shown(gone)} / ${shown(hand)} of ${shown(rounds)} / ${shown(wrong)}`,
    isShort: true,
  },
  {
    key: 'canary',
    title: () => 'places where the password was found, with the most log',
    cell: ({ places }) => listed(places),
    isShort: false,
  },
  {
    key: 'first',
    title: (row) =>
      `time to the first statement (\`node -e 0\`: ${count(row, 'nodeMs')} ms; curl: ${peer(row, 'curl', 'ms')} ms)`,
    cell: ({ ms }) => `${shown(ms)} ms`,
    isShort: true,
  },
  {
    key: 'rate',
    title: (row) =>
      `accounts a minute, in a daily run of ${count(row, 'accounts')} accounts at as many banks that answer after ${count(row, 'delayMs')} ms (\`curl -Z\`: ${grouped(peer(row, 'curl', 'perMinute'))}); × of \`curl -Z\``,
    cell: ({ perMinute, ofCurl }) => `${shown(perMinute)}; ${typeof ofCurl === 'number' ? ofCurl.toFixed(2) : NONE}`,
    isShort: true,
  },
  {
    key: 'served',
    title: (row) => `programs that read its files, of ${strings(row.counts?.['programs']).length}`,
    cell: ({ programs }) => String(strings(programs).length),
    isShort: false,
  },
];

export function fieldPage(text: string): string {
  const result: Result = JSON.parse(text);
  return [
    circumstances(result),
    '## Programs that download',
    clientTable(result, TRIALS),
    served(result),
    '## Programs that read statement files',
    readerTable(result),
    '## Transactions known again',
    identityTable(result),
    '## Not measured',
    Object.entries(result.notMeasured)
      .map(([name, why]) => `- ${name}: ${why}.`)
      .join('\n'),
  ].join('\n\n');
}

/** A few rows, for the README. */
export function fieldSummary(text: string): string {
  const result: Result = JSON.parse(text);
  return clientTable(
    result,
    TRIALS.filter(({ isShort }) => isShort),
  );
}

/** A load beyond the cores comes from other work. */
function circumstances({ date, machine, versions, rows }: Result): string {
  const { processor, cores, memoryGb, kernel } = machine;
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const load = Math.max(0, ...Object.values(rows).map((row) => row.load));
  const busy =
    load > 2 * cores ? ` Other work took the machine at the same time (load ${load}): times are too long.` : '';
  return `Measured on ${date}: ${cores} cores (${processor}), ${memoryGb} GB, Linux ${kernel}.${busy}\n\n${named.join(', ')}.`;
}

function clientTable({ rows }: Result, trials: readonly Trial[]): string {
  const body = trials.flatMap(({ key, title, cell }) => {
    const row = rows[key];
    if (row === undefined) return [];
    const cells = CLIENTS.map((name) => {
      const figures = row.cells[name];
      if (figures === undefined || figures === null) return NONE;
      return 'failed' in figures ? FAILED : cell(figures, row);
    });
    // Measured before this figure was counted.
    return cells.every((text) => text === NONE) ? [] : [[title(row), ...cells]];
  });
  return table(['', ...CLIENTS], body);
}

function served({ rows }: Result): string {
  const row = rows['served'];
  if (row === undefined) return '';
  const lines = CLIENTS.flatMap((name) => {
    const programs = row.cells[name]?.['programs'];
    return programs === undefined ? [] : [`${name}: ${listed(programs)}`];
  });
  return `Which programs read the files: ${lines.join('; ')}. Tried were ${strings(row.counts?.['programs']).join(', ')}.`;
}

function readerTable({ rows }: Result): string {
  const row = rows['read'];
  if (row === undefined) return '';
  const counted = (figure: Figure | undefined) =>
    typeof figure === 'object' && 'right' in figure
      ? [figure.right, figure.refused, figure.silent, figure.unended].map(shown)
      : [NONE, NONE, NONE, NONE];
  const body = Object.entries(row.cells).map(([name, figures]) => {
    const traps = counted(figures?.['traps']);
    return [name, ...(count(row, 'real') === 0 ? [NONE, NONE, NONE, NONE] : counted(figures?.['real'])), ...traps];
  });
  const four = (set: string) => [`${set}: right`, 'refused or warned', 'wrong in silence', 'did not end'];
  return table(['', ...four(`${count(row, 'real')} real files`), ...four(`${count(row, 'traps')} traps`)], body);
}

function identityTable({ rows }: Result): string {
  const row = rows['identity'];
  if (row === undefined) return '';
  const body = Object.entries(row.cells).map(([name, figures]) => [
    name,
    ...['right', 'lost', 'doubled', 'distorted'].map((key) => shown(figures?.[key])),
  ]);
  const all = `of ${grouped(count(row, 'expected'))} right`;
  return table([`${count(row, 'behaviours')} banks`, all, 'lost', 'doubled', 'distorted'], body);
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...body.map(line)].join('\n');
}

function count({ counts }: Row, key: string): number {
  const figure = counts?.[key];
  return typeof figure === 'number' ? figure : 0;
}

function peer({ cells }: Row, name: string, key: string): number {
  const figure = cells[name]?.[key];
  return typeof figure === 'number' ? figure : 0;
}

function strings(figure: Figure | undefined): readonly string[] {
  return Array.isArray(figure) ? figure.map(String) : [];
}

function listed(figure: Figure | undefined): string {
  return strings(figure).join(', ') || 'none';
}

function shown(figure: Figure | undefined): string {
  return typeof figure === 'number' ? grouped(figure) : NONE;
}

function grouped(figure: number): string {
  return figure.toLocaleString('en-US');
}
