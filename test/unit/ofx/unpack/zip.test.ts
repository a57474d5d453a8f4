import { readFileSync } from 'node:fs';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseOfx } from '../../../../src/ofx/read.js';
import { unpack } from '../../../../src/ofx/unpack/zip.js';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/statements/${name}.ofx`, import.meta.url));

interface Packed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
  readonly flags?: number;
}

/** A ZIP archive as PKWARE's APPNOTE describes it. */
function zip(files: readonly Packed[], comment = ''): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, stored = false, flags = 0 } of files) {
    const packed = stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(checksum(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(
    directory.reduce((total, { length }) => total + length, 0),
    8,
  );
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06'), end, Buffer.from(comment)]);
}

/** Node 20 has no crc32 before 20.15. */
function checksum(bytes: Uint8Array): number {
  return typeof crc32 === 'function' ? crc32(bytes) : 0;
}

describe('archives', () => {
  test('a statement in a ZIP archive is read like the file itself', () => {
    const bytes = fixture('one-transaction');
    for (const stored of [true, false])
      expect(parseOfx(zip([{ name: 'download/may.QFX', bytes, stored }], 'a comment'))).toEqual(parseOfx(bytes));
  });

  test('several statements are read together; other files are notices', () => {
    const file = parseOfx(
      zip([
        { name: 'terms.pdf', bytes: Buffer.from('%PDF-1.7') },
        { name: '__MACOSX/a.ofx', bytes: Buffer.from('junk') },
        { name: 'a.ofx', bytes: fixture('one-transaction') },
        { name: 'readme.txt', bytes: Buffer.from('hello') },
        { name: 'b.ofx', bytes: fixture('credit-card') },
      ]),
    );
    expect(file.statements.map(({ kind }) => kind)).toEqual(['bank', 'creditcard']);
    expect(file.notices.map(({ code }) => code)).toEqual(['unread-file']);
  });

  test('archives in archives and statements without a file extension are read', () => {
    const inner = zip([{ name: 'STATEMENT', bytes: fixture('loan') }]);
    const deeper = zip([{ name: 'inner.zip', bytes: inner }]);
    for (const bytes of [inner, deeper, gzipSync(inner), gzipSync(gzipSync(fixture('loan')))])
      expect(parseOfx(bytes)).toEqual(parseOfx(fixture('loan')));
    expect(() => parseOfx(zip([{ name: 'outer.zip', bytes: deeper }]))).toThrow(/ZIP archive without a statement/);
  });

  test('a gzip file is read like the file itself', () => {
    expect(parseOfx(gzipSync(fixture('loan')))).toEqual(parseOfx(fixture('loan')));
  });

  test.each([
    ['no statement', zip([{ name: 'a.pdf', bytes: Buffer.from('%PDF') }]), /ZIP archive without a statement/],
    ['a password', zip([{ name: 'a.ofx', bytes: fixture('loan'), flags: 1 }]), /protected by a password/],
    ['its end missing', zip([{ name: 'a.ofx', bytes: fixture('loan') }]).subarray(0, -30), /damaged/],
    ['a bomb', zip([{ name: 'a.ofx', bytes: Buffer.alloc(65 * 1024 * 1024) }]), /more than 64 MB/],
    ['a Word document', zip([{ name: 'word/document.xml', bytes: Buffer.from('<x/>') }]), /Word/],
    [
      'a spreadsheet of another office',
      zip(['mimetype', 'META-INF/manifest.xml'].map((name) => ({ name, bytes: Buffer.from('x') }))),
      /OpenDocument/,
    ],
    ['nothing', zip([]), /an empty ZIP/],
    [
      'a bomb in an archive',
      zip([{ name: 'a.gz', bytes: gzipSync(Buffer.alloc(65 * 1024 * 1024)) }]),
      /more than 64 MB/,
    ],
    ['a spreadsheet', zip([{ name: 'xl/workbook.bin', bytes: Buffer.from('x') }]), /Excel/],
    ['a gzip bomb', gzipSync(Buffer.alloc(65 * 1024 * 1024)), /more than 64 MB/],
    ['a damaged gzip', gzipSync(fixture('loan')).subarray(0, 60), /damaged/],
  ])('with %s is refused with a hint', (_, bytes, message) => {
    expect(() => parseOfx(bytes)).toThrow(
      expect.objectContaining({ code: 'OFX_UNREADABLE', hint: expect.any(String) }),
    );
    expect(() => parseOfx(bytes)).toThrow(message);
  });

  test('a damaged archive is either refused or read', () => {
    const good = zip([{ name: 'a.ofx', bytes: fixture('loan') }]);
    for (let at = 0; at < good.length; at += 1) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 0xff;
      try {
        parseOfx(bad);
      } catch (error) {
        expect(error).toMatchObject({ code: 'OFX_UNREADABLE' });
      }
    }
  });

  test('other bytes are not an archive', () => {
    expect(unpack(fixture('loan'))).toBeNull();
    expect(unpack(new Uint8Array())).toBeNull();
  });
});
