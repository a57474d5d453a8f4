/**
 * `read.mjs PACKAGE FOLDER`: reads each file named on standard input with a reader of npm (or with `ofx-sync`), and prints its
 * transactions as a line of JSON; a reader that never ends is killed from outside.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [, , name, folder] = process.argv;
const require = createRequire(join(folder, 'package.json'));
const load = () => require(name);

/** Text as their documentation reads it: as UTF-8. */
const READERS = {
  'ofx-sync': async () => {
    const { parseOfx } = await import(join(folder, 'dist', 'ofx', 'read.js'));
    return (bytes) => {
      const { statements, notices } = parseOfx(bytes);
      const said = [notices, ...statements.map((one) => one.notices)].flat();
      const posted = statements
        .flatMap((one) => one.transactions)
        .filter(({ investment }) => investment === null || investment.action === 'INVBANKTRAN');
      return {
        rows: posted
          .filter(({ pending }) => !pending)
          .map(({ postedOn, amount, name: text }) => row(postedOn, amount, text)),
        warning: said.length === 0 ? null : said[0].message,
      };
    };
  },
  'ofx-js': async () => {
    const { parseSync } = load();
    return (bytes) => treeRows(parseSync(bytes.toString('utf8')));
  },
  'node-ofx-parser': async () => {
    const { parse } = load();
    return (bytes) => treeRows(parse(bytes.toString('utf8')));
  },
  'ofx-parser': async () => {
    const { parse } = load();
    return async (bytes) => treeRows(await parse(bytes.toString('utf8')));
  },
  'ofx-data-extractor': async () => {
    const { Ofx } = load();
    return (bytes) => treeRows(new Ofx(bytes.toString('utf8')).toJson());
  },
  banking: async () => {
    const { parse } = load();
    return (bytes) => new Promise((resolve) => parse(bytes.toString('utf8'), (reply) => resolve(treeRows(reply.body))));
  },
  '@f-o-t/ofx': async () => {
    const { getTransactions, parseBuffer } = await import(join(folder, 'node_modules', name, 'dist', 'index.js'));
    return (bytes) => {
      const { success, data, error } = parseBuffer(new Uint8Array(bytes));
      if (!success) throw error;
      return {
        rows: getTransactions(data).map(({ DTPOSTED, TRNAMT, NAME }) => row(DTPOSTED?.raw ?? DTPOSTED, TRNAMT, NAME)),
        warning: null,
      };
    };
  },
};

/** All STMTTRN of a tree, wherever they are; one of the readers spells it in another way. */
function treeRows(tree) {
  const rows = [];
  const visit = (value, key) => {
    if (Array.isArray(value)) for (const one of value) visit(one, key);
    else if (key === 'STMTTRN' || key === 'STRTTRN') rows.push(row(value?.DTPOSTED, value?.TRNAMT, value?.NAME));
    else if (value !== null && typeof value === 'object')
      for (const [inner, one] of Object.entries(value)) visit(one, inner);
  };
  if (tree === null || typeof tree !== 'object' || tree.OFX === undefined || tree.OFX === null)
    throw new Error('no OFX was found');
  visit(tree.OFX, 'OFX');
  return { rows, warning: null };
}

function row(day, amount, text) {
  return [
    String(day ?? '')
      .replace(/\D/g, '')
      .slice(0, 8),
    String(amount ?? ''),
    String(text ?? ''),
  ];
}

const read = await READERS[name]();
process.on('unhandledRejection', () => undefined);
for await (const path of createInterface({ input: process.stdin })) {
  let result;
  try {
    result = await read(readFileSync(path));
  } catch (error) {
    result = { error: String(error?.message ?? error).slice(0, 200) };
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
