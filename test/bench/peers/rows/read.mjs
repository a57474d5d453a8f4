/** Files read right, refused with a reason, and read wrongly in silence. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellsOf, ROOT } from '../lab.mjs';
import { READERS } from '../readers/index.mjs';

const CORPUS = process.env.OFX_SYNC_CORPUS ?? join(ROOT, '..', 'shared', 'corpus');
const FIXTURES = join(ROOT, 'test', 'fixtures', 'statements');

export const readRow = {
  key: 'read',
  title: 'Statement files read',
  run: async ({ dir, say }) => {
    const sets = { real: realFiles(), traps: trapFiles() };
    const measure = async (reader) => {
      const scratch = join(dir, 'read');
      mkdirSync(scratch, { recursive: true });
      const files = [...sets.real, ...sets.traps];
      const results = await reader.read(
        files.map(({ path }) => path),
        scratch,
      );
      const judged = files.map((file, index) => judge(file, results[index]));
      const of = (names) => tally(names.map((file) => judged[files.indexOf(file)]));
      const cell = { real: of(sets.real), traps: of(sets.traps) };
      if (process.env.OFX_BENCH_DETAILS)
        for (const [index, file] of files.entries())
          if (judged[index] !== 'right')
            say(
              `${reader.name} ${file.path.split('/').pop()}: ${judged[index]} ${JSON.stringify(results[index]).slice(0, 160)}`,
            );
      say(`${reader.name}: real ${shown(cell.real)}; traps ${shown(cell.traps)}`);
      return cell;
    };
    const counts = { real: sets.real.length, traps: sets.traps.length };
    return { cells: await cellsOf(READERS, measure, { say }), counts };
  },
};

function shown({ right, refused, silent, unended }) {
  return `${right} right, ${refused} refused, ${silent} wrong in silence, ${unended} did not end`;
}

function tally(outcomes) {
  const count = (outcome) => outcomes.filter((one) => one === outcome).length;
  return { right: count('right'), refused: count('refused'), silent: count('silent'), unended: count('unended') };
}

/** Right: all bank transactions with their amounts, and in traps with their names; anything else is refused if it says so. */
function judge({ count, expected, hasNames }, result) {
  if (result.error === null) return 'unended';
  if (result.error !== undefined) return count === 0 ? 'right' : 'refused';
  const isRight = result.rows.length === count && (expected === null || same(result.rows, expected, hasNames));
  if (isRight) return 'right';
  return result.warning === null ? 'silent' : 'refused';
}

function same(rows, expected, hasNames) {
  const key = ([, amount, name]) => `${Number(plain(amount))}${hasNames ? ` ${name.replace(/\s+/g, ' ').trim()}` : ''}`;
  const [left, right] = [rows, expected].map((list) => list.map(key).sort().join('\n'));
  return left === right;
}

/** A reader that keeps the text of an amount leaves the decimal comma to its user: that counts as read. */
function plain(amount) {
  const text = amount.replace(/^(?:\+|R\$ ?)/, '').trim();
  return text.includes(',') ? text.replace(/\.(?=.*,)/g, '').replace(',', '.') : text;
}

/** Files without trades. The count is that of the table of truth; the amounts are those of the text, where as many can be found in it. */
function realFiles() {
  const table = join(CORPUS, 'truth.tsv');
  if (!existsSync(table)) return [];
  const [head, ...lines] = readFileSync(table, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const banks = lines.filter((line) => line[head.indexOf('invtran')] === '0');
  return banks.map((line) => {
    const count = Number(line[head.indexOf('stmttrn')]);
    const path = join(CORPUS, 'files', line[0]);
    const text = readFileSync(path, 'latin1')
      .replaceAll('\0', '')
      .replace(/<!--[\s\S]*?-->/g, '');
    const amounts = [...text.matchAll(/<TRNAMT>\s*([^<\r\n]*)/gi)].map(([, amount]) => ['', amount.trim(), '']);
    const isUsable = amounts.length === count && amounts.every(([, amount]) => Number.isFinite(Number(plain(amount))));
    return { path, count, expected: isUsable ? amounts : null, hasNames: false };
  });
}

/** One lesson each, with what a person read in it. Files with trades are left out: few of these readers know them. */
function trapFiles() {
  return readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.ofx'))
    .flatMap((name) => {
      const path = join(FIXTURES, name);
      const { error, statements = [] } = JSON.parse(readFileSync(path.replace(/\.ofx$/, '.expected.json'), 'utf8'));
      const transactions = statements
        .flatMap((one) => one.transactions ?? [])
        .filter(({ pending }) => pending !== true);
      if (transactions.some(({ investment }) => investment !== undefined)) return [];
      if (error !== undefined) return [{ path, count: 0, expected: null, hasNames: true }];
      return [
        {
          path,
          count: transactions.length,
          expected: transactions.map(({ amount, name: text = '' }) => ['', amount, text]),
          hasNames: true,
        },
      ];
    });
}
