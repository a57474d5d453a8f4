/** The shape of every row of the directory. Nothing is contacted. */

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMON_WORDS, SHORT_NAMES, SHORT_WORDS } from '../../../src/institutions/data/abbreviations.js';
import { DOWNLOADS } from '../../../src/institutions/data/downloads.js';
import { KNOWN } from '../../../src/institutions/data/known.js';
import { LISTING } from '../../../src/institutions/data/listing.js';
import { OF_FILES } from '../../../src/institutions/data/of-files.js';
import { PROCESSORS } from '../../../src/institutions/data/processors.js';
import { DIRECT_CONNECT_MARKS, STRENGTHS } from '../../../src/institutions/listing.js';
import { quirksSchema } from '../../../src/institutions/quirks.js';
import { OFX_VERSIONS } from '../../../src/model/institution.js';

const printable = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/);
const when = z.string().regex(/^20[012]\d(?:-(?:0[1-9]|1[0-2]))?$/);
const address = z
  .url({ protocol: /^https$/ })
  .max(200)
  .refine((url) => /\.[a-z]{2,}$/.test(new URL(url).hostname), 'a host with a domain');
const reason = z.string().min(20).max(200);
const id = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(60);

const layer = { quirks: quirksSchema.optional(), why: z.partialRecord(quirksSchema.keyof(), reason).optional() };
const institution = z.strictObject({
  id,
  name: printable(60),
  aliases: z.array(printable(60)).min(1).max(6).optional(),
  org: printable(32).optional(),
  fid: printable(32).optional(),
  brokerId: printable(22).optional(),
  url: address.optional(),
  version: z.enum(OFX_VERSIONS).optional(),
  strength: z.enum(STRENGTHS),
  seen: when,
  dc: z.enum(DIRECT_CONNECT_MARKS).optional(),
  bid: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  note: printable(300).optional(),
  security: z.literal('type1').optional(),
  ended: z
    .strictObject({
      since: when.nullable(),
      by: when.nullable(),
      what: printable(200),
      successor: id.optional(),
      downloads: z.literal('unconfirmed').optional(),
      loads: z.literal(true).optional(),
    })
    .refine(({ since, by }) => since !== null || by !== null, 'a date')
    .optional(),
  ...layer,
});
const host = z.strictObject({
  host: z.string().regex(/^[a-z0-9.-]+$/),
  url: address,
  institutions: z.array(institution).min(1),
});
const processor = z.strictObject({ host: host.shape.host, operator: printable(60).optional(), ...layer });

/** Without an address there is nothing to connect to, and the reason is given. */
const ofFiles = institution
  .pick({
    id: true,
    name: true,
    aliases: true,
    org: true,
    fid: true,
    dc: true,
    bid: true,
    note: true,
    seen: true,
    ended: true,
  })
  .extend({ strength: z.literal('none') })
  .required({ ended: true });

const ROWS = [...KNOWN, ...LISTING.flatMap(({ institutions }) => institutions)];

describe('rows', () => {
  test('each has the shape, and nothing else', () => {
    const wrong = [
      ...KNOWN.map((row) => [row.id, institution.required({ url: true }).safeParse(row)] as const),
      ...LISTING.map((row) => [row.host, host.safeParse(row)] as const),
      ...OF_FILES.map((row) => [row.id, ofFiles.safeParse(row)] as const),
      ...PROCESSORS.map((row) => [row.host, processor.safeParse(row)] as const),
    ].flatMap(([name, { error }]) => (error === undefined ? [] : [`${name}: ${z.prettifyError(error)}`]));
    expect(wrong).toEqual([]);
  });

  test('every row of the lists is present, each id once', () => {
    const ids = [...ROWS, ...OF_FILES].map((row) => row.id);
    expect(ids.length).toBeGreaterThan(1200);
    expect(ids.filter((one, at) => ids.indexOf(one) !== at)).toEqual([]);
  });

  test('a quirk has a reason with its origin, and a reason its quirk', () => {
    for (const { quirks = {}, why = {} } of [...ROWS, ...PROCESSORS])
      expect(Object.keys(why).sort()).toEqual(Object.keys(quirks).sort());
  });

  test('a host is listed once, and its institutions are on it', () => {
    const hosts = LISTING.map((one) => one.host);
    expect(new Set(hosts).size).toBe(hosts.length);
    const astray = LISTING.flatMap(({ host: name, url, institutions }) =>
      [url, ...institutions.flatMap((one) => one.url ?? [])].filter((one) => new URL(one).hostname !== name),
    );
    expect(astray).toEqual([]);
  });

  test('every listed processor serves an institution', () => {
    const hosts = new Set([...LISTING.map((one) => one.host), ...KNOWN.map(({ url }) => new URL(url).hostname)]);
    expect(PROCESSORS.filter((one) => !hosts.has(one.host))).toEqual([]);
    expect(new Set(PROCESSORS.map((one) => one.host)).size).toBe(PROCESSORS.length);
  });

  test('a successor is in the directory', () => {
    const ids = new Set(ROWS.map((row) => row.id));
    const successors = ROWS.flatMap(({ ended }) => ended?.successor ?? []);
    expect(successors.length).toBeGreaterThan(5);
    expect(successors.filter((one) => !ids.has(one))).toEqual([]);
  });

  test('no two rows are one connection', () => {
    const keys = [
      ...KNOWN.map((row) => [row.url, row.org, row.fid].join(' ')),
      ...LISTING.flatMap(({ url, institutions }) =>
        institutions.map((row) => [row.url ?? url, row.org, row.fid].join(' ')),
      ),
    ];
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
});

describe('abbreviations', () => {
  test('are written as search compares them', () => {
    const words = [...Object.entries(SHORT_NAMES), ...Object.entries(SHORT_WORDS)].flat();
    expect([...words, ...COMMON_WORDS].filter((word) => !/^[a-z0-9]+(?: [a-z0-9]+)*$/.test(word))).toEqual([]);
  });
});

describe('downloads', () => {
  const text = z
    .string()
    .min(3)
    .max(120)
    .regex(/^[\x20-\x7e“”’]+$/);
  const row = z
    .strictObject({
      format: z.enum(['ofx', 'csv']),
      name: text.optional(),
      place: text.optional(),
      files: z
        .array(z.string().regex(/^[\w*?. -]+\.(?:qfx|ofx)$/))
        .min(1)
        .optional(),
      since: when.optional(),
      // Each source is an address with a date.
      source: z.string().regex(/^(?:https?:\/\/\S+[^;]*?\((?:\d{4}-\d\d|undated)\)[^;]*)+$/),
    })
    .refine(({ format, name, files }) =>
      format === 'ofx' ? name !== undefined : name === undefined && files === undefined,
    );
  const ended = new Set(
    [...KNOWN, ...LISTING.flatMap(({ institutions }) => institutions), ...OF_FILES].flatMap((one) =>
      one.ended === undefined ? [] : [one.id],
    ),
  );

  test.each(Object.entries(DOWNLOADS))('%s', (name, download) => {
    expect(ended.has(name)).toBe(true);
    expect(row.parse(download)).toEqual(download);
  });
});
