/**
 * accounts.yaml as a zod schema: strict, so that a typo is an error. The JSON Schema for editors is made from it. What one
 * key alone cannot show (duplicates, impossible combinations) is in `rules.ts`. A message of the schema's own holds what is
 * wrong and, after a line break, what to write instead.
 */

import { z } from 'zod';
import { CLIENT_UID_MODES, QUIRK_SHAPE } from '../institutions/quirks.js';
import { ACCOUNT_KINDS } from '../model/account.js';
import { OFX_VERSIONS } from '../model/institution.js';
import { NEWS_KINDS } from '../model/news.js';
import { LOAN_TYPES } from './account-types.js';
import { EXPORT_SHAPE } from './export.js';
import { age, days, duration, says } from './length-schema.js';
import { pushSchema } from './push.js';
import { secretSchema, valueSchema } from './references.js';

const staleAfter = (more: string) =>
  age().optional().describe(`age at which the last statement of an account counts as stale, such as 3d or 12h ${more}`);

const atMostEvery = (more: string) =>
  age().optional().describe(`an unattended sync leaves an institution out that was asked less long ago ${more}`);

const name = () =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]*[\p{L}\p{M}\p{N}._-])?$/u, {
      error: says('not a name', 'letters and digits, with blanks, dots, dashes and underscores between them'),
    });
/** As the institution writes it; quoted, since YAML reads 000123456 as a number and loses the zeros. */
const asWritten = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\S(?:.*\S)?$/, { error: says('begins or ends with a blank', 'no blanks around it') });
const path = () => z.string().min(1).max(1000);

export const accountSchema = z.strictObject({
  name: name().describe('your name for the account; unique within the institution'),
  kind: z.enum(ACCOUNT_KINDS).describe('what sort of account it is'),
  id: asWritten(64).describe('account id (ACCTID) as the institution writes it, in quotes'),
  routing: asWritten(9).optional().describe('routing number or bank code (BANKID), in quotes; for bank accounts'),
  branch: asWritten(22).optional().describe('branch (BRANCHID), where the institution wants one; for bank accounts'),
  loanType: z.enum(LOAN_TYPES).optional().describe('what sort of loan it is (auto); for loans'),
  brokerId: asWritten(22)
    .optional()
    .describe('BROKERID of an investment account, when it is not that of the institution'),
  staleAfter: staleAfter('(that of the institution)'),
});

/** A version without quotes cannot be misread. */
const ofxVersion = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.enum(OFX_VERSIONS));

export const institutionSchema = z.strictObject({
  name: name().describe('your name for the institution; unique'),
  directory: z
    .string()
    .min(1)
    .optional()
    .describe('name in the built-in directory, which fills in url, org, fid, ofxVersion and quirks'),
  url: z.string().min(1).max(1000).optional().describe('address of the OFX server: https://…, or sandbox://NAME'),
  files: path().optional().describe('statement files to take in the same run instead of asking a server: FOLDER/*.qfx'),
  org: asWritten(32).optional().describe('ORG of the signon'),
  fid: asWritten(32).optional().describe('FID of the signon, in quotes'),
  brokerId: asWritten(22).optional().describe('BROKERID of the investment accounts'),
  userId: valueSchema.optional().describe('user id, or where to find it: env:NAME, keychain, …'),
  password: secretSchema
    .optional()
    .describe(
      'where to find the password: keychain (default), keychain:NAME, env:NAME, file:PATH, prompt, { command: […] }',
    ),
  clientUid: z
    .union([z.enum(CLIENT_UID_MODES), valueSchema])
    .optional()
    .describe('CLIENTUID: auto is made once and kept; always, never, a value, or where to find it'),
  accounts: z.array(accountSchema).max(2000).describe('the accounts of this login'),
  userCred1: secretSchema
    .optional()
    .describe('where to find USERCRED1, for institutions that want more than a password; references as for password'),
  userCred2: secretSchema.optional().describe('where to find USERCRED2'),
  timeout: duration().optional().describe('time limit of one request, else that of defaults'),
  perInstitution: z.int().min(1).max(100).optional().describe('requests at once to this institution'),
  staleAfter: staleAfter('(that of defaults)'),
  atMostEvery: atMostEvery('(that of defaults)'),
  ca: path().optional().describe('PEM file of a further certificate authority, for this institution alone'),
  proxy: z.string().min(1).max(1000).optional().describe('HTTP proxy for this institution: http://HOST:PORT'),
  ...z.object({ ...QUIRK_SHAPE, ofxVersion: ofxVersion.describe(QUIRK_SHAPE.ofxVersion.description ?? '') }).partial()
    .shape,
});

export const defaultsSchema = z.strictObject({
  history: days(1).optional().describe('how far back the first statement of an account reaches (90d)'),
  overlap: days(0).optional().describe('days asked for again at each later sync (10d)'),
  timeout: duration().optional().describe('time limit of one request (60s)'),
  concurrency: z.int().min(1).max(200).optional().describe('requests at once, in all (10)'),
  perInstitution: z.int().min(1).max(100).optional().describe('requests at once to one institution (1)'),
  retries: z
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe('further attempts when an institution was not reached or asks for patience (2)'),
  staleAfter: staleAfter('(3d)'),
  atMostEvery: atMostEvery('(30m)'),
  keepReplies: z.int().min(0).max(3650).optional().describe('days that raw replies are kept; 0: none (30)'),
});

/** Exactly one of `command` and `webhook`: see `rules.ts`. */
export const notifySchema = z.strictObject({
  command: z
    .array(z.string().min(1).max(1000))
    .min(1)
    .max(50)
    .optional()
    .describe('program and words; {title} and {text} stand for the message, which is on standard input as JSON too'),
  webhook: z.string().min(1).max(1000).optional().describe('https: address that takes the message as JSON'),
  timeout: duration().optional().describe('time limit of the command or the webhook (10s)'),
  kinds: z.array(z.enum(NEWS_KINDS)).min(1).optional().describe('what to tell (all)'),
  details: z.boolean().optional().describe('with amounts and the messages of institutions as they are (false)'),
});

/** Of the form of accounts.yaml; it grows when what was right before would mean something else. */
const CONFIG_VERSION = 1;

const version = z
  .literal(CONFIG_VERSION, {
    error: ({ input }) =>
      isNewerVersion(input)
        ? says(`written for a newer ofx-sync: form ${input}, and this one knows ${CONFIG_VERSION}`, 'update ofx-sync')
        : says('not a form of this file', `version: ${CONFIG_VERSION}`),
  })
  .optional()
  .describe(`the form of this file (${CONFIG_VERSION})`);

export function isNewerVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > CONFIG_VERSION;
}

export const configSchema = z.strictObject({
  version,
  /** Empty when all of its keys are commented out. */
  defaults: defaultsSchema.nullish().describe('what holds unless an institution says otherwise'),
  notify: notifySchema
    .nullish()
    .describe('whom to tell when something changes: fails, works again, lacks transactions'),
  institutions: z
    .array(institutionSchema)
    .min(1, { error: says('empty', '- name: …, with url and accounts') })
    .max(1000)
    .describe('your institutions and their accounts'),
  /** Empty when all of its keys are commented out. */
  push: pushSchema.nullish().describe('budgets that ofx-sync push hands new transactions to'),
  ...EXPORT_SHAPE,
});

export type ConfigFile = z.infer<typeof configSchema>;
export type InstitutionEntry = z.infer<typeof institutionSchema>;
export type NotifyEntry = z.infer<typeof notifySchema>;
export type AccountEntry = z.infer<typeof accountSchema>;

/** The JSON Schema by which editors complete and check accounts.yaml. */
export function configJsonSchema(): object {
  return { title: 'ofx-sync accounts.yaml', ...z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }) };
}
