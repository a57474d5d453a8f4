/**
 * Reads requests as a strict server does: header, versions, element order as in the DTDs, required elements. Written from
 * the specification and from captured requests of other programs; shares no code with our own request writer.
 */

import type { IncomingMessage } from 'node:http';
import type { SandboxInstitution } from './institutions.js';

export type Node = { readonly name: string; readonly text: string; readonly children: readonly Node[] };

export interface OfxRequest {
  readonly version: string;
  readonly newFileUid: string;
  readonly root: Node;
}

/** The reason to refuse a request with HTTP 400. */
class BadRequest extends Error {}

/** Children of each aggregate, in the order that the DTD demands (OFX 1.6 and 2.2). */
const ORDER: Readonly<Record<string, string>> = {
  OFX: 'SIGNONMSGSRQV1 SIGNUPMSGSRQV1 BANKMSGSRQV1 CREDITCARDMSGSRQV1 INVSTMTMSGSRQV1 LOANMSGSRQV1 PROFMSGSRQV1',
  SIGNONMSGSRQV1: 'SONRQ PINCHTRNRQ MFACHALLENGETRNRQ',
  PINCHTRNRQ: 'TRNUID CLTCOOKIE TAN PINCHRQ',
  PINCHRQ: 'USERID NEWUSERPASS',
  MFACHALLENGETRNRQ: 'TRNUID CLTCOOKIE TAN MFACHALLENGERQ',
  MFACHALLENGERQ: 'DTCLIENT',
  MFACHALLENGEANSWER: 'MFAPHRASEID MFAPHRASEA',
  SONRQ:
    'DTCLIENT USERID USERPASS USERKEY GENUSERKEY LANGUAGE FI SESSCOOKIE APPID APPVER APPKEY CLIENTUID USERCRED1 USERCRED2 AUTHTOKEN ACCESSKEY MFACHALLENGEANSWER',
  FI: 'ORG FID',
  SIGNUPMSGSRQV1: 'ACCTINFOTRNRQ',
  ACCTINFOTRNRQ: 'TRNUID CLTCOOKIE TAN ACCTINFORQ',
  ACCTINFORQ: 'DTACCTUP',
  BANKMSGSRQV1: 'STMTTRNRQ STMTENDTRNRQ',
  STMTENDTRNRQ: 'TRNUID CLTCOOKIE TAN STMTENDRQ',
  STMTENDRQ: 'BANKACCTFROM DTSTART DTEND',
  STMTTRNRQ: 'TRNUID CLTCOOKIE TAN STMTRQ',
  STMTRQ: 'BANKACCTFROM INCTRAN INCLUDEPENDING INCTRANIMG',
  BANKACCTFROM: 'BANKID BRANCHID ACCTID ACCTTYPE ACCTKEY',
  CREDITCARDMSGSRQV1: 'CCSTMTTRNRQ CCSTMTENDTRNRQ',
  CCSTMTENDTRNRQ: 'TRNUID CLTCOOKIE TAN CCSTMTENDRQ',
  CCSTMTENDRQ: 'CCACCTFROM DTSTART DTEND INCSTMTIMG',
  CCSTMTTRNRQ: 'TRNUID CLTCOOKIE TAN CCSTMTRQ',
  CCSTMTRQ: 'CCACCTFROM INCTRAN INCLUDEPENDING INCTRANIMG',
  CCACCTFROM: 'ACCTID ACCTKEY',
  INVSTMTMSGSRQV1: 'INVSTMTTRNRQ',
  INVSTMTTRNRQ: 'TRNUID CLTCOOKIE TAN INVSTMTRQ',
  INVSTMTRQ: 'INVACCTFROM INCTRAN INCOO INCPOS INCBAL INC401K INC401KBAL',
  INVACCTFROM: 'BROKERID ACCTID',
  INCPOS: 'DTASOF INCLUDE',
  LOANMSGSRQV1: 'LOANSTMTTRNRQ',
  LOANSTMTTRNRQ: 'TRNUID CLTCOOKIE TAN LOANSTMTRQ',
  LOANSTMTRQ: 'LOANACCTFROM INCTRAN',
  LOANACCTFROM: 'LOANACCTID LOANACCTTYPE',
  INCTRAN: 'DTSTART DTEND INCLUDE',
  PROFMSGSRQV1: 'PROFTRNRQ',
  PROFTRNRQ: 'TRNUID CLTCOOKIE TAN PROFRQ',
  PROFRQ: 'CLIENTROUTING DTPROFUP',
};
const REQUIRED: Readonly<Record<string, string>> = {
  OFX: 'SIGNONMSGSRQV1',
  SONRQ: 'DTCLIENT LANGUAGE APPID APPVER',
  FI: 'ORG',
  PINCHTRNRQ: 'TRNUID PINCHRQ',
  PINCHRQ: 'USERID NEWUSERPASS',
  MFACHALLENGETRNRQ: 'TRNUID MFACHALLENGERQ',
  MFACHALLENGEANSWER: 'MFAPHRASEID MFAPHRASEA',
  STMTENDTRNRQ: 'TRNUID STMTENDRQ',
  CCSTMTENDTRNRQ: 'TRNUID CCSTMTENDRQ',
  ACCTINFOTRNRQ: 'TRNUID ACCTINFORQ',
  STMTTRNRQ: 'TRNUID STMTRQ',
  STMTRQ: 'BANKACCTFROM',
  BANKACCTFROM: 'BANKID ACCTID ACCTTYPE',
  CCSTMTTRNRQ: 'TRNUID CCSTMTRQ',
  CCSTMTRQ: 'CCACCTFROM',
  INVSTMTTRNRQ: 'TRNUID INVSTMTRQ',
  INVSTMTRQ: 'INVACCTFROM INCTRAN INCOO INCPOS INCBAL',
  INCTRAN: 'INCLUDE',
  LOANSTMTTRNRQ: 'TRNUID LOANSTMTRQ',
  LOANSTMTRQ: 'LOANACCTFROM',
  LOANACCTFROM: 'LOANACCTID LOANACCTTYPE',
  PROFTRNRQ: 'TRNUID PROFRQ',
  PROFRQ: 'CLIENTROUTING DTPROFUP',
};

const LARGEST_REQUEST = 4 * 1_048_576;

/** Receives the body; `null` when it is too large. */
export async function receiveBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads a request, or returns the reason to refuse it. */
export function readRequest(body: Buffer, { versions, name }: SandboxInstitution): OfxRequest | string {
  try {
    const request = parseRequest(body);
    if (!versions.some((version) => version === request.version))
      return `${name} does not speak OFX ${request.version}`;
    const sonrq = child(child(request.root, 'SIGNONMSGSRQV1'), 'SONRQ');
    if (!/^\d{8}/.test(value(sonrq, 'DTCLIENT'))) return 'DTCLIENT is not a date';
    return request;
  } catch (error) {
    if (error instanceof BadRequest) return error.message;
    throw error;
  }
}

/** @throws BadRequest */
function parseRequest(bytes: Buffer): OfxRequest {
  const text = decodeRequest(bytes);
  const start = text.indexOf('<OFX>');
  if (start < 0) throw new BadRequest('no <OFX> element');
  const header = text.slice(0, start);
  const xml = /<\?OFX\b([^>]*)\?>/.exec(header)?.[1];
  const version = (xml === undefined ? /VERSION:\s*(\d{3})/ : /\bVERSION="(\d{3})"/).exec(xml ?? header)?.[1];
  if (version === undefined) throw new BadRequest('no OFX version in the header');
  if (xml === undefined && !/OFXHEADER:\s*100/.test(header)) throw new BadRequest('no OFXHEADER');
  const newFileUid =
    (xml === undefined ? /NEWFILEUID:([^\r\n]*)/ : /\bNEWFILEUID="([^"]*)"/).exec(xml ?? header)?.[1]?.trim() ?? 'NONE';
  const root = parseTree(text.slice(start));
  checkAggregate(root);
  return { version, newFileUid, root };
}

/** Counts the requests beside the signon. */
export function countRequests({ root }: OfxRequest): number {
  return root.children
    .filter(({ name }) => name !== 'SIGNONMSGSRQV1')
    .reduce((sum, set) => sum + set.children.length, 0);
}

export function child(node: Node | undefined, name: string): Node | undefined {
  return node?.children.find((one) => one.name === name);
}

export function children(node: Node | undefined, name: string): readonly Node[] {
  return node?.children.filter((one) => one.name === name) ?? [];
}

export function value(node: Node | undefined, name: string): string {
  return child(node, name)?.text ?? '';
}

function decodeRequest(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

interface Building {
  readonly name: string;
  readonly children: Node[];
}

function parseTree(text: string): Node {
  const stack: Building[] = [];
  let root: Node | null = null;
  let at = 0;
  while (at < text.length && root === null) {
    const open = text.indexOf('<', at);
    if (open < 0) break;
    const match = /^<(\/?)([A-Z0-9]{2,32})>/.exec(text.slice(open, open + 40));
    if (match === null) throw new BadRequest(`no element at ${JSON.stringify(text.slice(open, open + 12))}`);
    const [tag, slash, name = ''] = match;
    at = open + tag.length;
    if (slash === '/') {
      const top = stack.pop();
      if (top?.name !== name) throw new BadRequest(`</${name}> does not match ${top?.name ?? 'anything'}`);
      const node: Node = { name, text: '', children: top.children };
      const parent = stack.at(-1);
      if (parent === undefined) root = node;
      else parent.children.push(node);
    } else if (ORDER[name] !== undefined) {
      stack.push({ name, children: [] });
    } else {
      at = parseLeaf(text, at, { name, parent: stack.at(-1) });
    }
  }
  if (root === null) throw new BadRequest('the OFX element does not end');
  return root;
}

/** Reads a value up to its own end tag, else to the line end or the next element, since clients do not escape `&` and `<` in passwords. */
function parseLeaf(
  text: string,
  from: number,
  { name, parent }: { name: string; parent: Building | undefined },
): number {
  if (parent === undefined) throw new BadRequest(`${name} stands outside`);
  const rest = text.slice(from, from + 2000);
  const own = rest.indexOf(`</${name}>`);
  const next = rest.search(/[\r\n]|<\/?[A-Z0-9]{2,32}>/);
  const end =
    own >= 0 && (next < 0 || own <= next || rest.slice(next).startsWith(`</${name}>`))
      ? own
      : next < 0
        ? rest.length
        : next;
  parent.children.push({ name, text: plainText(rest.slice(0, end).trim()), children: [] });
  return from + end + (end === own ? name.length + 3 : 0);
}

function plainText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function checkAggregate(node: Node): void {
  const order = ORDER[node.name]?.split(' ');
  if (order === undefined) return;
  let last = 0;
  for (const { name } of node.children) {
    const index = order.indexOf(name);
    if (index < 0) throw new BadRequest(`${name} does not belong into ${node.name}`);
    if (index < last) throw new BadRequest(`${name} stands too late in ${node.name}`);
    last = index;
  }
  for (const name of REQUIRED[node.name]?.split(' ') ?? [])
    if (child(node, name) === undefined) throw new BadRequest(`${node.name} lacks ${name}`);
  for (const one of node.children) checkAggregate(one);
}
