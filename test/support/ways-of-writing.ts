/**
 * Ways in which banks and programs write one and the same statement: the tags, the order, the header, the character set and
 * what is around it. None of them changes what a statement says.
 */

import { changed, leaf, type OfxNode, type Style } from './ofx-tree.js';

const always = () => true;
const unlessOneOf = (pattern: RegExp) => ({ closesAggregate: (name: string) => !pattern.test(name) });
const tags = (write: (name: string) => string, more: Partial<Style> = {}): Partial<Style> => ({
  open: (name) => `<${write(name)}>`,
  close: (name) => `</${write(name)}>`,
  ...more,
});
const everyOther = (name: string) => [...name].map((char, at) => (at % 2 === 0 ? char : char.toLowerCase())).join('');
const references = (write: (point: number) => string) => (markup: string) =>
  [...plain(markup)].map((char) => `&#${write(char.codePointAt(0) ?? 0)};`).join('');
const section = (markup: string) => (markup === '' ? '' : `<![CDATA[${plain(markup)}]]>`);

function plain(markup: string): string {
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export const STYLES: Readonly<Record<string, Partial<Style>>> = {
  'as in the specification of 1.x': {},
  'leaves closed': { closesLeaf: always },
  'some leaves closed': { closesLeaf: (name) => /^(?:TRNAMT|NAME|CODE|ACCTID|UNITS)$/.test(name) },
  LF: { newline: '\n' },
  CR: { newline: '\r' },
  'no line breaks': { newline: '' },
  'blank lines with blanks': { newline: ' \r\n \t\r\n' },
  'form feeds': { newline: '\f\r\n' },
  'indented with no-break spaces': { newline: '\r\n\u00a0\u00a0' },
  'marks without width': { newline: '\u200b\n' },
  'lower case': tags((name) => name.toLowerCase()),
  'mixed case': tags(everyOther),
  'end tags in another case': { close: (name) => `</${name.toLowerCase()}>`, closesLeaf: always },
  'blanks after names': tags((name) => `${name} `, { closesLeaf: always }),
  'blanks before names of OFX': tags((name) => (name.includes('.') ? name : ` ${name}`), { closesLeaf: always }),
  'line breaks in tags': tags((name) => `${name}\r\n`, { closesLeaf: always }),
  attributes: { open: (name) => `<${name} xsi:nil="false" a='b' c=1>` },
  'attributes with angle brackets': { open: (name) => `<${name} a="x>y">`, closesLeaf: always },
  'a default namespace': {
    open: (name) => (name === 'OFX' ? '<OFX xmlns="http://ofx.net/types/2003/04" xmlns:xsi="x">' : `<${name}>`),
    closesLeaf: always,
  },
  'a namespace prefix': tags((name) => `ofx:${name}`, { closesLeaf: always }),
  'a prefix on the root alone': tags((name) => (name === 'OFX' ? 'ofx:OFX' : name), { closesLeaf: always }),
  'comments before elements': { before: () => '<!-- c -->' },
  'comments after elements': { after: () => '<!-- c -->' },
  'comments with markup': { before: () => '<!-- <NAME>x</NAME> </OFX> -->' },
  'comments of many dashes': { before: () => '<!------ a -- b ------>' },
  'comments of SGML': { before: () => '<!-- c -- >' },
  'comments at the start of values': { value: (markup) => `<!-- c -->${markup}` },
  'comments inside values': {
    value: (markup) => (/&/.test(markup) ? markup : `${markup.slice(0, 2)}<!-- c -->${markup.slice(2)}`),
  },
  'empty declarations': { before: () => '<!>' },
  instructions: { before: () => '<?x y?>' },
  'instructions of SGML': { before: () => '<?x y>' },
  'CDATA sections': { value: section, closesLeaf: always },
  'CDATA sections in unclosed leaves': { value: section },
  'decimal references': { value: references(String) },
  'hexadecimal references': { value: references((point) => `x${point.toString(16)}`), closesLeaf: always },
  'blanks around values': { value: (markup) => `  ${markup}\t ` },
  'values on lines of their own': { value: (markup) => `\r\n    ${markup}\r\n  `, closesLeaf: always },
  'no-break spaces around values': { value: (markup) => `\u00a0${markup}\u3000` },
  'empty elements closed by themselves': { empty: (name) => `<${name} />` },
  'empty elements left out': { empty: () => '' },
  'message sets of a second version': tags((name) => name.replace(/MSGSRSV1$/, 'MSGSRSV2')),
  'transactions unclosed': unlessOneOf(/^(?:LOAN)?STMTTRN$/),
  'lists unclosed': unlessOneOf(/TRANLIST$/),
  'statements unclosed': unlessOneOf(/STMTRS$/),
  'wrappers unclosed': unlessOneOf(/TRNRS$/),
  'message sets unclosed': unlessOneOf(/MSGSRSV1$/),
  'accounts unclosed': unlessOneOf(/ACCTFROM$/),
  'balances unclosed': unlessOneOf(/^(?:LEDGER|AVAIL)BAL$/),
  'statuses unclosed': unlessOneOf(/^STATUS$/),
  'signon unclosed': unlessOneOf(/^(?:SONRS|FI)$/),
  'securities’ ids unclosed': unlessOneOf(/^SECID$/),
  'parts of trades unclosed': unlessOneOf(/^INVTRAN$/),
  'root unclosed': unlessOneOf(/^OFX$/),
  'end tags of aggregates doubled': {
    close: (name, isLeaf) => (isLeaf || name === 'OFX' ? `</${name}>` : `</${name}></${name}>`),
  },
  'end tags of leaves doubled': {
    close: (name, isLeaf) => (isLeaf ? `</${name}></${name}>` : `</${name}>`),
    closesLeaf: always,
  },
  'end tags of leaves under another name': {
    close: (name, isLeaf) => (isLeaf ? '</FOO>' : `</${name}>`),
    closesLeaf: always,
  },
  'end tags without a name': { close: (name, isLeaf) => (isLeaf ? '</>' : `</${name}>`), closesLeaf: always },
  'line breaks of HTML': { newline: '<br>\n' },
  'closed line breaks of HTML': { newline: '<br/>\n', closesLeaf: always },
  'text between aggregates': { after: ({ text }) => (text === null ? ' and so on ' : '') },
};

const isReply = ({ name }: OfxNode) => /STMT(?:END)?RS$/.test(name);
const last = (nodes: readonly OfxNode[], isLast: (node: OfxNode) => boolean) => [
  ...nodes.filter((node) => !isLast(node)),
  ...nodes.filter(isLast),
];
const inReplies = (isLast: (node: OfxNode) => boolean) => (nodes: readonly OfxNode[]) =>
  changed(nodes, (node) => [isReply(node) ? { ...node, children: last(node.children, isLast) } : node]);

/** Other orders, and elements that a statement need not have. */
export const ORDERS: Readonly<Record<string, (nodes: readonly OfxNode[]) => readonly OfxNode[]>> = {
  'as they are': (nodes) => nodes,
  'the account last': inReplies(({ name }) => name.endsWith('ACCTFROM')),
  'the currency last': inReplies(({ name }) => name === 'CURDEF'),
  'the transactions last': inReplies(({ name }) => name.endsWith('TRANLIST')),
  'the transactions first': inReplies(({ name }) => !name.endsWith('TRANLIST')),
  'the signon last': (nodes) =>
    changed(nodes, (node) => [
      node.name === 'OFX' ? { ...node, children: last(node.children, ({ name }) => name.startsWith('SIGNON')) } : node,
    ]),
  'no message sets': (nodes) =>
    changed(nodes, (node) => (/^(?!SIGNON).*MSGSRSV1$/.test(node.name) ? node.children : [node])),
  'everything in another element': (nodes) => [{ name: 'Envelope', text: null, children: nodes }],
  'empty elements in transactions': (nodes) =>
    changed(nodes, (node) => [
      node.name === 'STMTTRN' ? { ...node, children: [leaf('SIC', ''), ...node.children, leaf('CHECKNUM', '')] } : node,
    ]),
};

const SGML =
  'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n';
const OFX2 = '<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n';
const XML = `<?xml version="1.0" encoding="UTF-8"?>\r\n${OFX2}`;

export const HEADERS: Readonly<Record<string, string>> = {
  '1.x': SGML,
  '2.x': XML,
  none: '',
  '1.x, LF': SGML.replaceAll('\r', ''),
  '1.x, CR': SGML.replaceAll('\n', ''),
  '1.x on one line': SGML.trim().replaceAll('\r\n', ' '),
  '1.x without separators': SGML.replaceAll('\r\n', ''),
  '1.x with blanks around colons': SGML.replaceAll(':', ' : '),
  '1.x in lower case': SGML.toLowerCase(),
  '1.x with commas': `${SGML.trim().replaceAll('\r\n', ',')}\n`,
  '1.x after blank lines': `\r\n\r\n  ${SGML}`,
  '1.x twice': SGML + SGML,
  '1.x and 2.x': SGML + XML,
  '1.x and a DOCTYPE': `${SGML}<!DOCTYPE OFX SYSTEM "ofx160.dtd" [\n<!ELEMENT OFX - - (SIGNONMSGSRSV1?)>\n]>\n`,
  '2.x in single quotes': XML.replaceAll('"', "'"),
  '2.x in lower case': XML.toLowerCase(),
  '2.x without quotes': XML.replaceAll('"', ''),
  '2.x without question marks at the end': XML.replaceAll('?>', '>'),
  'an XML declaration': '<?xml version="1.0" encoding="utf-8" standalone="no" ?>',
  'a style sheet': `<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?>${OFX2}`,
  'of HTTP': `HTTP/1.1 200 OK\r\nContent-Type: application/x-ofx\r\n\r\n${SGML}`,
  'of a mail': `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/x-ofx\r\n\r\n${SGML}`,
  'of a signed message': `-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n${SGML}`,
};

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const escapedMarkup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const unicode = (text: string) =>
  text.replace(/[<>&\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What bytes the text becomes. */
export const PACKAGES: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': utf8,
  'UTF-8 with a mark': (text) => utf8(`\ufeff${text}`),
  'UTF-8 with two marks': (text) => utf8(`\ufeff\ufeff${text}`),
  'UTF-16LE with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'UTF-32BE with a mark': (text) =>
    Buffer.from(
      [0xfeff, ...[...text].map((char) => char.codePointAt(0) ?? 0)].flatMap((point) => [
        0,
        point >> 16,
        (point >> 8) & 0xff,
        point & 0xff,
      ]),
    ),
  'with the end of file of DOS': (text) => utf8(`${text}\u001a`),
  'filled up with NUL': (text) => Buffer.concat([utf8(text), Buffer.alloc(100)]),
  'with words after it': (text) => utf8(`${text}\n\nThank you for banking with <b>us</b> & co\n`),
  'with a signature after it': (text) =>
    utf8(`${text}-----BEGIN PGP SIGNATURE-----\r\n\r\niQEz<ab>\r\n-----END PGP SIGNATURE-----\r\n`),
  'in a web page': (text) => utf8(`<html><head><title>x</title></head><body>\r\n${text}</body></html>`),
  'shown by a web page': (text) => utf8(`<html><body><pre>${escapedMarkup(text)}</pre></body></html>`),
  'in JSON': (text) => utf8(JSON.stringify({ status: 'ok', statement: text })),
  'in JSON after a mark': (text) => utf8(`\ufeff${JSON.stringify([text])}`),
  'in JSON of PHP': (text) => utf8(unicode(JSON.stringify(text).replaceAll('/', '\\/'))),
  'in a CDATA section': (text) =>
    utf8(`<?xml version="1.0"?><r><![CDATA[${text.replaceAll(/<!\[CDATA\[|\]\]>/g, '')}]]></r>`),
  'in Base64': (text) =>
    utf8(`Content-Transfer-Encoding: base64\r\n\r\n${utf8(text).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`),
};
