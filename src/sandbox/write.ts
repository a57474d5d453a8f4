/** Writes replies as bytes: header, markup and character set of the institution. Shares no code with our own request writer. */

import type { Tree } from './elements.js';
import type { SandboxInstitution } from './institutions.js';
import type { OfxRequest } from './request.js';

/** Returns the reply in the version and markup of the request, with its NEWFILEUID. */
export function writeReply(
  tree: Tree,
  request: Pick<OfxRequest, 'version' | 'newFileUid'>,
  institution: SandboxInstitution,
): Buffer {
  const xml = request.version >= '200';
  const body = markup(tree, xml || institution.closeTags);
  if (xml) {
    const header = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<?OFX OFXHEADER="200" VERSION="${request.version}" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="${escapeText(request.newFileUid)}"?>\r\n`;
    return Buffer.from(header + body, 'utf8');
  }
  const unicode = institution.charset === 'utf-8';
  const header = [
    'OFXHEADER:100',
    'DATA:OFXSGML',
    `VERSION:${request.version}`,
    'SECURITY:NONE',
    `ENCODING:${unicode ? 'UNICODE' : 'USASCII'}`,
    `CHARSET:${unicode ? 'NONE' : '1252'}`,
    'COMPRESSION:NONE',
    'OLDFILEUID:NONE',
    `NEWFILEUID:${request.newFileUid}`,
    '',
    '',
  ].join('\r\n');
  // All letters of the sandbox are in ISO-8859-1, where windows-1252 agrees with it.
  return Buffer.from(header + body, unicode ? 'utf8' : 'latin1');
}

function markup([name, content]: Tree, closeTags: boolean): string {
  if (typeof content === 'string') return `<${name}>${escapeText(content)}${closeTags ? `</${name}>` : ''}\r\n`;
  return `<${name}>\r\n${content.map((child) => markup(child, closeTags)).join('')}</${name}>\r\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
