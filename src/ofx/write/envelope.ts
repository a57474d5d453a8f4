/** Header and encoding of a request: SGML below 200, XML from 200 on (OFX 1.6 section 2.2, OFX 2.2 section 2.2). */

import { type Quirks, versionOf } from '../../model/institution.js';
import { encodeCp1252 } from '../text/cp1252.js';
import { type Element, type Layout, writeElement } from './elements.js';

/** A request as bytes, with the NEWFILEUID that the reply should repeat. */
export interface WrittenRequest {
  readonly bytes: Uint8Array;
  readonly newFileUid: string;
}

/** Writes message sets as a document in the institution's version and layout. */
export function writeDocument(quirks: Quirks, newUid: () => string, sets: readonly Element[]): WrittenRequest {
  const version = versionOf(quirks);
  const xml = version >= '200';
  const newline = quirks.lineEnding === 'lf' ? '\n' : '\r\n';
  const layout: Layout = {
    xml,
    closeTags: quirks.closeTags === true,
    prettyPrint: quirks.prettyPrint ?? true,
    newline,
  };
  const newFileUid = quirks.newFileUid === 'none' ? 'NONE' : newUid();
  const body = writeElement(['OFX', sets], layout);
  if (!xml) {
    const { bytes, encoding, charset } = encodeSgml(body);
    const header = sgmlHeader({ version, encoding, charset, newFileUid }, newline);
    return { bytes: Buffer.concat([Buffer.from(header, 'latin1'), bytes]), newFileUid };
  }
  const header =
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?>${newline}` +
    `<?OFX OFXHEADER="200" VERSION="${version}" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="${newFileUid}"?>${newline}`;
  return { bytes: new TextEncoder().encode(header + body), newFileUid };
}

/** Writes the header of a 1.x document, which ends with an empty line. */
function sgmlHeader(
  values: { version: string; encoding: string; charset: string; newFileUid: string },
  newline: string,
): string {
  const lines = [
    'OFXHEADER:100',
    'DATA:OFXSGML',
    `VERSION:${values.version}`,
    'SECURITY:NONE',
    `ENCODING:${values.encoding}`,
    `CHARSET:${values.charset}`,
    'COMPRESSION:NONE',
    'OLDFILEUID:NONE',
    `NEWFILEUID:${values.newFileUid}`,
  ];
  return `${lines.join(newline)}${newline}${newline}`;
}

/** Encodes a 1.x body as windows-1252, which every server reads, or as UTF-8 if it has other characters. */
function encodeSgml(text: string): { bytes: Uint8Array; encoding: string; charset: string } {
  const bytes = encodeCp1252(text);
  if (bytes !== null) return { bytes, encoding: 'USASCII', charset: '1252' };
  return { bytes: new TextEncoder().encode(text), encoding: 'UTF-8', charset: 'NONE' };
}
