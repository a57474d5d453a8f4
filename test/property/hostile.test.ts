/** Input made to hurt: each ends with statements or a clear error, and keeps what it keeps small. */

import { describe, expect, test } from 'vitest';
import { OfxError } from '../../src/errors.js';
import { parseOfx, readOfx } from '../../src/ofx/read.js';
import { hostileInputs } from '../support/hostile-inputs.mjs';

const MB = 500_000;
const LIST = 'OFXHEADER:100\r\n\r\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKTRANLIST>';

describe('hostile input', () => {
  test.each(Object.entries(hostileInputs(MB)))('%s', async (_, make) => {
    const bytes = Buffer.from(make());
    try {
      const file = await readOfx(bytes);
      const notices = [...file.notices, ...file.statements.flatMap((statement) => statement.notices)];
      expect(notices.length).toBeGreaterThan(0);
      expect(notices.length).toBeLessThan(1_500);
      for (const { message } of notices) expect(message.length).toBeLessThan(1_000);
    } catch (error) {
      expect(error).toBeInstanceOf(OfxError);
      expect(error).toMatchObject({ code: 'OFX_UNREADABLE', hint: expect.stringMatching(/\w/) });
    }
  });

  test('random bytes', () => {
    const bytes = Uint8Array.from({ length: MB }, (_, index) => (Math.imul(index, 0x9e3779b1) >>> 13) & 0xff);
    expect(() => parseOfx(bytes)).toThrow(expect.objectContaining({ code: 'OFX_UNREADABLE' }));
  });

  test('names of the prototype are names like any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
    const inside = names.map((name) => `<${name}>${name}`).join('');
    const [statement] = parseOfx(
      Buffer.from(`${LIST}<STMTTRN><DTPOSTED>20260101<TRNAMT>1<FITID>1${inside}</STMTTRN></BANKTRANLIST>`),
    ).statements;
    expect(Object.keys(statement?.transactions[0]?.extra ?? {})).toEqual(names.map((name) => name.toUpperCase()));
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['TOSTRING']).toBeUndefined();
  });

  test('control characters and halves of characters leave a value', () => {
    const bytes = Buffer.from(
      `${LIST}<STMTTRN><DTPOSTED>20260101<TRNAMT>1<NAME>a\u0000\u001b[31mb&#xD800;c&#0;\u007f</STMTTRN>`,
    );
    expect(parseOfx(bytes).statements[0]?.transactions[0]?.name).toBe('a[31mb\ufffdc');
  });

  test('reading stops when it is interrupted', async () => {
    const controller = new AbortController();
    const reading = readOfx(Buffer.from(LIST + '<MEMO>m'.repeat(100_000)), controller.signal);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
