/**
 * Reading, over statements and breakages that nobody wrote down. OFX_SYNC_FUZZ_MINUTES is how long each property is tried,
 * each time with other input: `OFX_SYNC_FUZZ_MINUTES=10 npx vitest run test/property/reading.test.ts -t 'changed, lost'`.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { OfxError } from '../../src/errors.js';
import type { Notice } from '../../src/model/notice.js';
import type { OfxFile } from '../../src/ofx/file.js';
import { parseOfx, repairedText } from '../../src/ofx/read.js';
import { fc } from '../support/properties.js';

const MINUTE_MS = 60_000;
const minutes = Number(process.env['OFX_SYNC_FUZZ_MINUTES'] ?? '0');
const HOW = minutes > 0 ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: minutes * MINUTE_MS } : { numRuns: 400 };
const LONGEST_MS = Math.max(2, minutes * 2) * MINUTE_MS;

const FOLDER = new URL('../fixtures/statements/', import.meta.url);
const fixtures = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ofx'))
  .map((name) => readFileSync(new URL(name, FOLDER)));

// ── What was written is what is read ─────────────────────────────────────────────────────────────────────────────

interface Written {
  readonly fitid: string;
  readonly date: Date;
  readonly cents: bigint;
  readonly name: string;
  readonly memo: string;
}

/** Text without blanks at its ends, doubled blanks, and what a value cannot have. */
const value = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
  .map((text) => text.replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufeff\u2028\u2029]/g, '').trim())
  .filter((text) => text !== '');

const written: fc.Arbitrary<Written> = fc.record({
  fitid: fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/),
  date: fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  cents: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
  name: value,
  memo: value,
});

interface Style {
  readonly xml: boolean;
  readonly closeLeaves: boolean;
  readonly lower: boolean;
  readonly newline: string;
  readonly endTags: boolean;
  readonly comma: boolean;
  readonly bareAmpersand: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  xml: fc.boolean(),
  closeLeaves: fc.boolean(),
  lower: fc.boolean(),
  newline: fc.constantFrom('\r\n', '\n', '\r', '', ' \t\n'),
  endTags: fc.boolean(),
  comma: fc.boolean(),
  bareAmpersand: fc.boolean(),
});

function document(transactions: readonly Written[], how: Style): string {
  const tag = (name: string) => (how.lower ? name.toLowerCase() : name);
  const escaped = (text: string) => {
    const ampersands = how.bareAmpersand ? text.replace(/&(?=[#\w])/g, '&amp;') : text.replaceAll('&', '&amp;');
    return ampersands.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  };
  const leaf = (name: string, text: string) =>
    `<${tag(name)}>${escaped(text)}${how.xml || how.closeLeaves ? `</${tag(name)}>` : ''}${how.newline}`;
  const group = (name: string, content: string, optional = false) =>
    `<${tag(name)}>${how.newline}${content}${optional && !how.endTags ? '' : `</${tag(name)}>`}${how.newline}`;
  const rows = transactions.map(({ fitid, date, cents, name, memo }) =>
    group(
      'STMTTRN',
      leaf('TRNTYPE', 'OTHER') +
        leaf('DTPOSTED', date.toISOString().slice(0, 10).replaceAll('-', '')) +
        leaf('TRNAMT', how.comma ? amountOf(cents).replace('.', ',') : amountOf(cents)) +
        leaf('FITID', fitid) +
        leaf('NAME', name) +
        leaf('MEMO', memo),
      true,
    ),
  );
  const list = group('BANKTRANLIST', rows.join(''), true);
  const account = group('BANKACCTFROM', leaf('BANKID', '1') + leaf('ACCTID', '2') + leaf('ACCTTYPE', 'CHECKING'));
  const balance = group('LEDGERBAL', leaf('BALAMT', '1.00') + leaf('DTASOF', '20260101'));
  const reply = group('STMTRS', leaf('CURDEF', 'USD') + account + list + balance);
  const body = group('OFX', group('BANKMSGSRSV1', group('STMTTRNRS', leaf('TRNUID', '1') + reply)));
  return `${how.xml ? '<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="203"?>' : 'OFXHEADER:100\nVERSION:102\n\n'}${body}`;
}

function amountOf(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

test('what was written is what is read, in every style of writing', { timeout: LONGEST_MS }, () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 5 }), style, (transactions, how) => {
      const [statement] = parseOfx(Buffer.from(document(transactions, how))).statements;
      const read = statement?.transactions.map(({ fitid, postedOn, amount, name, memo }) => ({
        fitid,
        postedOn,
        amount,
        name,
        memo,
      }));
      expect(read).toEqual(
        transactions.map(({ fitid, date, cents, name, memo }) => ({
          fitid,
          postedOn: date.toISOString().slice(0, 10),
          amount: amountOf(cents),
          name,
          memo,
        })),
      );
      expect(statement?.ledgerBalance?.amount).toBe('1.00');
    }),
    HOW,
  );
});

// ── Breakage ─────────────────────────────────────────────────────────────────────────────────────────────────────

const LOST = /^(?:bad-transaction|stray-transaction|truncated-transaction|unknown-element|bad-position|bad-security)$/;

function noticesOf({ notices, statements }: OfxFile): readonly Notice[] {
  return [...notices, ...statements.flatMap((statement) => statement.notices)];
}

/** Every transaction that the repair stage sees is in the output or in a notice. */
function checkNothingIsLost(bytes: Uint8Array): void {
  let file: OfxFile;
  try {
    file = parseOfx(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(OfxError);
    expect((error as OfxError).hint).not.toBeNull();
    return;
  }
  const repaired = repairedText(bytes);
  const seen = repaired.match(/<(?:STMTTRNP?|LOANSTMTTRN)>(?!<)/g)?.length ?? 0;
  const kept = file.statements.flatMap(({ transactions, openOrders }) => [...transactions, ...openOrders]).length;
  const noticed = noticesOf(file)
    .filter(({ code }) => LOST.test(code))
    .reduce((total, { count }) => total + (count ?? 1), 0);
  expect(kept + noticed).toBeGreaterThanOrEqual(seen);
  // An amount is one that stands there, digit by digit.
  const written = new Set([...repaired.matchAll(/<(?:TRNAMT|TOTAL)>([^<]*)/g)].map(([, text = '']) => digitsOf(text)));
  const amounts = file.statements.flatMap(({ transactions }) => transactions.map(({ amount }) => digitsOf(amount)));
  expect(amounts.filter((digits) => !written.has(digits) && /[1-9]/.test(digits))).toEqual([]);
}

/** Without what spelling may add: signs, separators, zeros in front. */
function digitsOf(text: string): string {
  const [, mantissa = text] = /^(.*\d)[eE][+-]?\d+$/.exec(text) ?? [];
  return mantissa.replace(/\D/g, '').replace(/^0+|0+$/g, '');
}

/** How many were tried, and the slowest: for a person who lets it run for minutes. */
const tried = { files: 0, slowestMs: 0, slowestBytes: 0 };

function timed(bytes: Uint8Array): void {
  const started = performance.now();
  checkNothingIsLost(bytes);
  let ms = performance.now() - started;
  tried.files += 1;
  if (ms > tried.slowestMs) {
    // Once more: the first time may have been another process's.
    const again = performance.now();
    checkNothingIsLost(bytes);
    ms = Math.min(ms, performance.now() - again);
  }
  if (ms <= tried.slowestMs) return;
  tried.slowestMs = ms;
  tried.slowestBytes = bytes.length;
}

afterAll(() => {
  if (minutes > 0) console.log(tried);
});

describe('broken files', () => {
  const fixture = fc.constantFrom(...fixtures);

  test(
    'changed, lost and added bytes: an answer or an error with a hint, and no transaction lost in silence',
    () => {
      const edits = fc.array(fc.record({ at: fc.nat(), remove: fc.nat(12), bytes: fc.uint8Array({ maxLength: 4 }) }), {
        minLength: 1,
        maxLength: 6,
      });
      fc.assert(
        fc.property(fixture, edits, (bytes, changes) => timed(edited(bytes, changes))),
        HOW,
      );
    },
    LONGEST_MS,
  );

  test(
    'lines lost, doubled and exchanged: no transaction lost in silence',
    () => {
      const moves = fc.array(fc.record({ from: fc.nat(), to: fc.nat(), keep: fc.boolean() }), {
        minLength: 1,
        maxLength: 8,
      });
      fc.assert(
        fc.property(fixture, moves, (bytes, changes) => {
          const lines = bytes.toString('latin1').split(/(?<=\n)/);
          for (const { from, to, keep } of changes) {
            const [line = ''] = keep ? [lines[from % lines.length]] : lines.splice(from % lines.length, 1);
            lines.splice(to % (lines.length + 1), 0, line);
          }
          timed(Buffer.from(lines.join(''), 'latin1'));
        }),
        HOW,
      );
    },
    LONGEST_MS,
  );

  test(
    'pieces of markup in any order',
    () => {
      const piece = fc.constantFrom(
        ...'<OFX> </OFX> <BANKMSGSRSV1> <STMTTRNRS> <STMTRS> </STMTRS> <BANKTRANLIST> </BANKTRANLIST> <STMTTRN> </STMTTRN>'.split(
          ' ',
        ),
        ...'<TRNAMT>1 <DTPOSTED>20260101 <NAME>a <NAME></NAME> <X> </X> <V.W>v <MEMO/> <PAYEE> </PAYEE> <INVTRANLIST>'.split(
          ' ',
        ),
        ...'<BUYSTOCK> <INVBANKTRAN> <SECLIST> <STOCKINFO> <INVPOSLIST> <POSMF> <STMTTRNP> <LEDGERBAL> & &lt; < > </ <!-- --> <![CDATA[ ]]> <? ?>'.split(
          ' ',
        ),
        '<:x>',
        '<a:>',
        '<__proto__>',
        '<constructor>1',
        ' ',
        '\0',
        '\ud800',
        '\n',
        ...['<', '"'].map((char) => `<NAME a=${char}`),
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => timed(Buffer.from(pieces.join('')))),
        HOW,
      );
    },
    LONGEST_MS,
  );

  test(
    'a file cut anywhere gives the beginning of what it gives whole',
    () => {
      const whole = fixtures.filter((bytes) => bytes.includes('BANKTRANLIST'));
      fc.assert(
        fc.property(fc.constantFrom(...whole), fc.double({ min: 0, max: 1, noNaN: true }), (bytes, part) => {
          const all = new Set(transactionsOf(bytes).map((one) => JSON.stringify(one)));
          const cut = transactionsOf(bytes.subarray(0, Math.floor(bytes.length * part)));
          // What follows a transaction can still change it (a second one run into it), but never its amount.
          for (const one of cut) expect([...all].some((text) => text.includes(`"amount":"${one.amount}"`))).toBe(true);
          expect(cut.length).toBeLessThanOrEqual(all.size + 1);
        }),
        HOW,
      );
    },
    LONGEST_MS,
  );
});

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly bytes: Uint8Array;
}

function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  return edits.reduce<Uint8Array>((current, { at, remove, bytes: added }) => {
    const start = at % (current.length + 1);
    return Buffer.concat([current.subarray(0, start), added, current.subarray(start + remove)]);
  }, bytes);
}

function transactionsOf(bytes: Uint8Array) {
  try {
    return parseOfx(bytes).statements.flatMap(({ transactions }) => transactions);
  } catch (error) {
    expect(error).toBeInstanceOf(OfxError);
    return [];
  }
}
