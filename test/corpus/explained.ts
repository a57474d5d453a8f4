/** The differences from the table of truth that remain, one by one, with the reason. */

interface Explained {
  readonly fields: readonly string[];
  readonly reason: string;
}

const LEFT_OUT = 'Counted in the table, here a notice:';

export const EXPLAINED: Readonly<Record<string, Explained>> = {
  '053b42c18856.ofx': { fields: ['readable'], reason: 'One sentence of prose, no OFX: refused.' },
  'f2d203f8f984.ofx': { fields: ['readable'], reason: 'A header of a made-up format and no OFX element: refused.' },
  '43152c3b0279.xml': {
    fields: ['readable'],
    reason: 'The root holds one element without a name: nothing to read, refused.',
  },
  '10b38e7664a6.ofx': {
    fields: ['stmttrn'],
    reason: `${LEFT_OUT} 6000.000,00 and -5800.000,00 can be thousands or millions.`,
  },
  '3cba5ce14d62.ofx': { fields: ['stmttrn'], reason: `${LEFT_OUT} DTPOSTED 05/12/2019 is in May or in December.` },
  '6b4f08e355be.ofx': { fields: ['stmttrn'], reason: `${LEFT_OUT} the transaction was cut out of the file by hand.` },
  '79bfa724ffb9.ofx': {
    fields: ['stmttrn'],
    reason: `${LEFT_OUT} the STMTTRN stands below the root, in no statement, with a type and nothing else.`,
  },
  '7b93a6b4cbb6.ofx': { fields: ['stmttrn'], reason: `${LEFT_OUT} its amount is a lone point.` },
  '7cce7dc22249.ftl': {
    fields: ['account_ids', 'stmttrn'],
    reason: 'A template with placeholders for amounts and dates; its account id differs only by quoting in the table.',
  },
  'b70031416668.ofx': { fields: ['stmttrn'], reason: `${LEFT_OUT} date, amount and FITID of one are in a comment.` },
  'c284f82983b7.txt': { fields: ['stmttrn'], reason: `${LEFT_OUT} a template with placeholders, in no statement.` },
  'c698a8f19352.txt': {
    fields: ['messages'],
    reason: 'BANKMSGSRSV1 is there, empty and self-closing; the table leaves it out.',
  },
  'e4e3586a66fe.ofx': { fields: ['stmttrn'], reason: `${LEFT_OUT} DTPOSTED is "xxx".` },
  '3e2116ff7134.qfx': { fields: ['stmttrn'], reason: `${LEFT_OUT} TRNAMT is "56.77invalid".` },
  'f5dee0b53249.ofx': { fields: ['stmttrn'], reason: `${LEFT_OUT} all dates were made unreadable with asterisks.` },
};
