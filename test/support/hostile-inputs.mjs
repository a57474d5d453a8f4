/** Input made to hurt, in any size: what a file that is broken on purpose could hold. */

const HEADER = 'OFXHEADER:100\r\nVERSION:102\r\n\r\n<OFX>';
const BANK = `${HEADER}<BANKMSGSRSV1>`;
const REPLY = `${BANK}<STMTTRNRS><STMTRS><CURDEF>USD`;
const LIST = `${REPLY}<BANKTRANLIST>`;
const IN_NAME = `${LIST}<STMTTRN><DTPOSTED>20260101<TRNAMT>1<NAME>`;
const INVESTMENT = `${HEADER}<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD`;

/** Pieces that are repeated after a beginning. */
const REPEATED = {
  'nothing but <': ['', '<'],
  '< in a root': [HEADER, '<'],
  '< in a value': [IN_NAME, '<'],
  'names that never end': [IN_NAME, '<a'],
  'names of 64 letters that never end': [IN_NAME, `<${'A'.repeat(63)}`],
  '10,000 levels of one name': [HEADER, '<A>'],
  'levels of aggregates': [HEADER, '<BAL>'],
  'attributes that never end': [HEADER, '<A b="c'],
  'attributes without a name': [HEADER, '<A "'],
  'comments that never end': [HEADER, '<!--'],
  'comments that never end in a value': [IN_NAME, '<!--'],
  'comments with nothing in them': [IN_NAME, '<!---->'],
  'instructions that never end': [HEADER, '<?'],
  'declarations that never end': [HEADER, '<!'],
  'CDATA sections that never end': [IN_NAME, '<![CDATA['],
  'CDATA sections with nothing in them': [IN_NAME, '<![CDATA[]]>'],
  'a flood of &': [IN_NAME, '&'],
  'a flood of entities': [IN_NAME, '&lt;'],
  'a flood of numeric entities': [IN_NAME, '&#x41;'],
  'a flood of halves of characters': [IN_NAME, '&#xD800;'],
  'entities without an end': [IN_NAME, '&amp'],
  'values full of entities': [IN_NAME, '<NAME>&eacute;'],
  'no line break': [IN_NAME, 'x'],
  'nothing but blanks': [IN_NAME, ' '],
  'NUL bytes': [IN_NAME, '\0'],
  'escape sequences': [IN_NAME, '\u001b[2J\u001b]0;x\u0007'],
  'end tags of nothing': [LIST, '</STMTTRN>'],
  'half end tags': [HEADER, '</'],
  'blanks after <': [HEADER, '< '],
  'blanks in tags': [IN_NAME, '< NAME >x'],
  'unclosed transactions': [LIST, '<STMTTRN>'],
  'unclosed transactions with a payee': [LIST, '<STMTTRN><PAYEE><NAME>x'],
  'lower case': [LIST, '<stmttrn><trnamt>1<dtposted>20260101<name>x'],
  'transactions without a list': [HEADER, '<STMTTRN>'],
  'trades that are cut': [`${INVESTMENT}<INVTRANLIST>`, '<BUYSTOCK><INVBUY><INVTRAN><FITID>1</INVTRAN>'],
  'positions of nothing': [`${INVESTMENT}<INVPOSLIST>`, '<POSSTOCK><INVPOS><UNITS>1'],
  'orders without end': [`${INVESTMENT}<INVOOLIST>`, '<OOBUYMF><X>1'],
  'securities without end': [
    `${HEADER}<SECLISTMSGSRSV1><SECLIST>`,
    '<STOCKINFO><SECINFO><SECID><UNIQUEID>1</SECID></SECINFO></STOCKINFO>',
  ],
  'documents without end': ['', '<OFX><BANKMSGSRSV1><STMTTRNRS></STMTTRNRS></BANKMSGSRSV1></OFX>'],
  'roots without end': ['', '<OFX>'],
  'statements without end': [BANK, '<STMTRS>'],
  'lists without end': [REPLY, '<BANKTRANLIST></BANKTRANLIST>'],
  'balances without end': [REPLY, '<LEDGERBAL><BALAMT>x</LEDGERBAL>'],
  'signons without end': [`${HEADER}<SIGNONMSGSRSV1>`, '<SONRS><STATUS><CODE>0</STATUS></SONRS>'],
  'replies without end': [BANK, '<XTRNRS>'],
  'values without end': [HEADER, '<CODE>1'],
  'aggregates without end': [HEADER, '<STATUS></STATUS>'],
  'memos without end': [IN_NAME, '<MEMO>m'],
  'line breaks in a memo': [IN_NAME, '<br>'],
  'bold letters in a memo': [IN_NAME, '<b>x</b>'],
  'unknown names in a value': [IN_NAME, '<zz>'],
  'colons for names': [LIST, '<a:><:b>'],
  'parts of trades without end': [`${INVESTMENT}<INVTRANLIST>`, '<INVBUY><INVTRAN>'],
  'comments of SGML that never end': [HEADER, '<!-- -- '],
  'attributes with a > in them': [HEADER, '<A b="c>'],
  'escapes of JSON': ['["OFX', '\\u003c'],
  'parts of a mail': ['', 'content-transfer-encoding: base64\n\nPE9GWD4='],
  'a form': ['%3COFX%3E', '%3C'],
  'references for a page': ['&lt;OFX&gt;', '&lt;'],
  'HTML without end': ['<html>', '<p>x</p>'],
  'a table without end': ['', 'a,b,c\n'],
};

/** Pieces with a number in them. */
const NUMBERED = {
  'levels of different names': [LIST, (index) => `<N${index}>`],
  'values of different names': [IN_NAME, (index) => `<N${index}>x`],
  'closed values of different names': [IN_NAME, (index) => `<X${index}>y</X${index}>`],
  'end tags of different names': [IN_NAME, (index) => `</N${index}>`],
  'message sets of different names': [HEADER, (index) => `<A${index}MSGSRSV1>`],
  'transactions that cannot be read': [LIST, (index) => `<STMTTRN><TRNAMT>x${index}</STMTTRN>`],
  'transactions with different dates': [LIST, (index) => `<STMTTRN><DTPOSTED>2026010${index % 10}${index}<TRNAMT>1`],
  'transactions with attributes': [LIST, (index) => `<STMTTRN a${index}="b"><TRNAMT>1`],
};

/** @returns makers of input of about `size` bytes, by what it is. */
export function hostileInputs(size) {
  const repeated = Object.entries(REPEATED).map(([name, [start, piece]]) => [name, () => filled(start, piece, size)]);
  const numbered = Object.entries(NUMBERED).map(([name, [start, piece]]) => [
    name,
    () => start + Array.from({ length: Math.ceil(size / piece(100_000).length) }, (_, index) => piece(index)).join(''),
  ]);
  return {
    ...Object.fromEntries(repeated),
    ...Object.fromEntries(numbered),
    'one endless name': () => `${filled(`${HEADER}<`, 'A', size)}>`,
    'a tag with a million attributes': () => `${filled(`${HEADER}<BANKMSGSRSV1 `, 'a="b" ', size)}>`,
  };
}

function filled(start, piece, size) {
  return start + piece.repeat(Math.ceil((size - start.length) / piece.length));
}
