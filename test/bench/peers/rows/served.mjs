/** Programs that read what a client has downloaded, with every amount in it. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from '../clients/index.mjs';
import { cellsOf, cents, run, startBanks } from '../lab.mjs';
import { READERS } from '../readers/index.mjs';

const numbersIn = (text) =>
  [...text.matchAll(/-?\d[\d,]*(?:\.\d+)?/g)].map(([number]) => cents(number.replaceAll(',', '')));

/** For each program: the formats that it is tried with, and the amounts that it finds. */
const PROGRAMS = {
  hledger: {
    formats: ['hledger'],
    amounts: async (path) => printed(['hledger', ['-f', path, 'register', '-O', 'csv']]),
  },
  ledger: { formats: ['ledger'], amounts: async (path) => printed(['ledger', ['-f', path, 'csv']]) },
  beancount: {
    formats: ['beancount'],
    amounts: async (path) =>
      (await run(['bean-check', [path]])).status === 0
        ? printed(['bean-query', ['-f', 'csv', path, 'SELECT number']])
        : [],
  },
  Skrooge: { formats: ['ofx', 'qif'], amounts: skrooge },
  'libofx (GnuCash, KMyMoney, HomeBank)': { formats: ['ofx'], amounts: reading('libofx (ofxdump)') },
  AqBanking: { formats: ['ofx'], amounts: reading('AqBanking') },
  ofxparse: { formats: ['ofx'], amounts: reading('ofxparse') },
};

export const servedRow = {
  key: 'served',
  title: `Budget programs that read its output, of ${Object.keys(PROGRAMS).length}`,
  run: async ({ dir, say }) => {
    const measured = async (client) => {
      const programs = await measure(client, join(dir, 'served', client.name));
      say(`${client.name}: ${programs.join(', ') || 'none'}`);
      return { programs };
    };
    const writing = CLIENTS.filter(({ outputs }) => outputs !== undefined);
    const cells = await cellsOf(writing, measured, { say, isAlone: true });
    return { cells, counts: { programs: Object.keys(PROGRAMS) } };
  },
};

async function measure(client, dir) {
  mkdirSync(dir, { recursive: true });
  const lab = await startBanks(1, { dir });
  try {
    await client.setUp(dir, lab.banksFor(client));
    client.fresh(dir);
    const result = await run(client.command(dir), { cwd: dir, env: client.env(dir, lab.ca) });
    const kept = (await client.kept(dir, result)).map((one) => one.cents);
    if (kept.length === 0) throw new Error(`${client.name} downloads nothing: ${result.stderr}`);
    const outputs = await client.outputs(dir);
    const served = [];
    for (const [name, { formats, amounts }] of Object.entries(PROGRAMS)) {
      for (const { format, path } of outputs) {
        if (served.includes(name) || !formats.includes(format)) continue;
        if (hasAll(await amounts(path, dir), kept)) served.push(name);
      }
    }
    return served;
  } finally {
    await lab.close();
  }
}

function hasAll(found, wanted) {
  const rest = [...found];
  return wanted.every((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

async function printed(command) {
  const { status, stdout } = await run(command);
  return status === 0 ? numbersIn(stdout) : [];
}

async function skrooge(path, dir) {
  const out = `${path}.csv`;
  const env = { QT_QPA_PLATFORM: 'offscreen', XDG_RUNTIME_DIR: dir, HOME: dir };
  const { status } = await run(['skroogeconvert', ['--in', path, '--out', out]], { env });
  return status === 0 ? numbersIn(readFileSync(out, 'utf8')) : [];
}

/** A reader of OFX, as the row of statement files has it. */
function reading(name) {
  return async (path, dir) => {
    const { read } = READERS.find((one) => one.name === name);
    const [{ rows = [] }] = await read([path], dir);
    return rows.map(([, amount]) => cents(amount));
  };
}
