/**
 * accounts.yaml as a zod schema: strict, so that a typo is an error. The JSON Schema for editors is generated from it.
 * `rules.ts` checks what a single key cannot show, such as duplicates and impossible combinations.
 */

import { z } from 'zod';
import { CLIENT_UID_MODES, QUIRK_SHAPE } from '../institutions/quirks.js';
import { ACCOUNT_KINDS } from '../model/account.js';
import { OFX_VERSIONS } from '../model/institution.js';
import { NOTIFICATION_KINDS } from '../model/notifications.js';
import { LOAN_TYPES } from './account-types.js';
import { EXPORT_SHAPE } from './export.js';
import { age, days, duration, withSuggestion } from './length-schema.js';
import { MOST } from './limits.js';
import { pushSchema } from './push.js';
import { secretSchema, valueSchema } from './references.js';
import { simplefinSchema } from './simplefin-rules.js';

const staleAfter = (more: string) =>
  age()
    .optional()
    .describe(`age at which the last statement of an account is reported as stale, such as 3d or 12h ${more}`);

const atMostEvery = (more: string) =>
  age().optional().describe(`least time between two unattended syncs of a bank ${more}`);

const name = () =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]*[\p{L}\p{M}\p{N}._-])?$/u, {
      error: withSuggestion('not a name', 'letters and digits, with spaces, dots, dashes and underscores between them'),
    });
/** Text as the institution writes it; in quotes, since YAML reads 000123456 as a number and loses the zeros. */
const asWritten = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\S(?:.*\S)?$/, { error: withSuggestion('begins or ends with a space', 'remove the space') });
const path = () => z.string().min(1).max(1000);
const filePatterns = () =>
  z.union([path(), z.array(path()).min(1).max(50)], {
    error: withSuggestion('not a pattern of files', 'FOLDER/*.qfx, or a list: [FOLDER/*.qfx, FOLDER/*.ofx]'),
  });

export const accountSchema = z.strictObject({
  name: name().describe('your name for the account; unique within the bank'),
  kind: z.enum(ACCOUNT_KINDS).describe('type of the account'),
  id: asWritten(64).describe('account id (ACCTID; at a SimpleFIN bridge ACT-…) as the bank writes it, in quotes'),
  number: asWritten(64)
    .optional()
    .describe('account number (ACCTID) in statement files, in quotes, where id is that of a SimpleFIN bridge'),
  routing: asWritten(9).optional().describe('routing number or bank code (BANKID), in quotes; for bank accounts'),
  branch: asWritten(22).optional().describe('branch (BRANCHID), if the bank requires one; for bank accounts'),
  loanType: z.enum(LOAN_TYPES).optional().describe('type of the loan (auto); for loans'),
  brokerId: asWritten(22).optional().describe('BROKERID of an investment account, if it differs from that of the bank'),
  staleAfter: staleAfter('(as for the bank)'),
});

/** A version without quotes cannot be misread. */
const ofxVersion = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.enum(OFX_VERSIONS));

export const institutionSchema = z.strictObject({
  name: name().describe('your name for the bank; unique'),
  directory: z
    .string()
    .min(1)
    .optional()
    .describe('name in the built-in directory, which fills in url, org, fid, ofxVersion and quirks'),
  url: z.string().min(1).max(1000).optional().describe('address of the OFX server: https://…, or sandbox://NAME'),
  files: filePatterns()
    .optional()
    .describe(
      'statement files to import in the same run, instead of a server: FOLDER/*.qfx, or a list of such patterns; upper and lower case are the same',
    ),
  command: z
    .union([z.array(z.string().min(1).max(1000)).min(1).max(50), z.string().min(1).max(4000)])
    .optional()
    .describe(
      'program that prints statements (OFX or QFX), instead of a server: a list is run directly, where {from}, {to} and {account} stand for the days and the account id; a text is run by the shell, which has them in $OFX_SYNC_FROM, $OFX_SYNC_TO and $OFX_SYNC_ACCOUNT',
    ),
  simplefin: simplefinSchema
    .optional()
    .describe(
      'SimpleFIN bridge instead of a server: where to find its access URL (keychain, keychain:NAME, env:NAME, file:PATH, prompt, { command: […] }), or sandbox://NAME',
    ),
  org: asWritten(32).optional().describe('ORG of the sign-on'),
  fid: asWritten(32).optional().describe('FID of the sign-on, in quotes'),
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
    .describe('CLIENTUID: auto (created once, then kept), always, never, a value, or where to find it'),
  accounts: z.array(accountSchema).describe('the accounts of this login'),
  each: z.enum(['login', 'account']).optional().describe('run command once for all accounts, or once for each (login)'),
  secrets: z
    .record(z.string(), secretSchema)
    .optional()
    .describe('secrets that command gets on standard input, as one JSON object: NAME: keychain:NAME, env:NAME, …'),
  userCred1: secretSchema
    .optional()
    .describe('where to find USERCRED1, for banks that require more than a password; written as for password'),
  userCred2: secretSchema.optional().describe('where to find USERCRED2'),
  timeout: duration().optional().describe('time limit of one request (as in defaults)'),
  perInstitution: z
    .int()
    .min(1)
    .max(MOST.perInstitution)
    .optional()
    .describe('requests at the same time to this bank (as in defaults)'),
  staleAfter: staleAfter('(as in defaults)'),
  atMostEvery: atMostEvery('(as in defaults)'),
  ca: path().optional().describe('PEM file of an additional certificate authority, for this bank only'),
  proxy: z.string().min(1).max(1000).optional().describe('HTTP proxy for this bank: http://HOST:PORT'),
  ...z.object({ ...QUIRK_SHAPE, ofxVersion: ofxVersion.describe(QUIRK_SHAPE.ofxVersion.description ?? '') }).partial()
    .shape,
});

export const defaultsSchema = z.strictObject({
  history: days(1).optional().describe('how far back the first statement of an account reaches (90d)'),
  overlap: days(0).optional().describe('time that each later sync requests again (10d)'),
  timeout: duration().optional().describe('time limit of one request (60s), in which its connection has at most 15s'),
  concurrency: z.int().min(1).max(MOST.concurrency).optional().describe('requests at the same time, in total (10)'),
  perInstitution: z
    .int()
    .min(1)
    .max(MOST.perInstitution)
    .optional()
    .describe('requests at the same time to one bank (1)'),
  retries: z
    .int()
    .min(0)
    .max(MOST.retries)
    .optional()
    .describe('further attempts when a bank cannot be reached or is busy (2)'),
  staleAfter: staleAfter('(3d)'),
  atMostEvery: atMostEvery('(30m)'),
  keepReplies: z.int().min(0).max(3650).optional().describe('days to keep raw replies; 0 keeps none (30)'),
});

/** Exactly one of `command`, `webhook` and `desktop`: see `rules.ts`. */
export const notifySchema = z.strictObject({
  desktop: z.literal(true).optional().describe('true: show the message on the desktop of this computer'),
  command: z
    .array(z.string().min(1).max(1000))
    .min(1)
    .max(50)
    .optional()
    .describe(
      'program and arguments; {title} and {text} stand for the message, which is also in $OFX_SYNC_TITLE and $OFX_SYNC_TEXT, and on standard input as JSON',
    ),
  webhook: z.string().min(1).max(1000).optional().describe('https: address that receives the message as JSON'),
  timeout: duration().optional().describe('time limit of the command or the webhook (10s)'),
  kinds: z.array(z.enum(NOTIFICATION_KINDS)).min(1).optional().describe('changes to report (all)'),
  details: z.boolean().optional().describe('include amounts and the unchanged messages of banks (false)'),
});

/** `desktop` alone is short for `{ desktop: true }`. */
const readNotify = (value: unknown): unknown => (value === 'desktop' ? { desktop: true } : value);
export const notifyValueSchema = z.preprocess(readNotify, notifySchema);

/** Version of the format of accounts.yaml. It grows when the meaning of an existing file would change. */
const CONFIG_VERSION = 1;

const version = z
  .literal(CONFIG_VERSION, {
    error: ({ input }) =>
      isNewerVersion(input)
        ? withSuggestion(
            `written for a newer ofx-sync: version ${input}, and this one reads version ${CONFIG_VERSION}`,
            'update ofx-sync',
          )
        : withSuggestion('not a version of this file', `version: ${CONFIG_VERSION}`),
  })
  .optional()
  .describe(`version of this file’s format (${CONFIG_VERSION})`);

export function isNewerVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > CONFIG_VERSION;
}

export const configSchema = z.strictObject({
  version,
  /** Empty when all of its keys are commented out. */
  defaults: defaultsSchema.nullish().describe('settings for all banks that do not have their own'),
  notify: z
    .preprocess(readNotify, notifySchema.nullish())
    .describe('where to send a message when a bank fails, works again, or lacks transactions'),
  /** `rules.ts` refuses an empty list, unless set-up is about to fill it. */
  institutions: z.array(institutionSchema).describe('your banks and their accounts'),
  /** Empty when all of its keys are commented out. */
  push: pushSchema.nullish().describe('budgets to which ofx-sync push adds new transactions'),
  ...EXPORT_SHAPE,
});

export type ConfigFile = z.infer<typeof configSchema>;
export type InstitutionEntry = z.infer<typeof institutionSchema>;
export type NotifyEntry = z.infer<typeof notifySchema>;
export type AccountEntry = z.infer<typeof accountSchema>;

/** Returns the JSON Schema with which editors complete and check accounts.yaml. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' });
  const notify = schema.properties?.['notify'];
  const forms = typeof notify === 'object' ? (notify.anyOf ?? []) : [];
  const properties = {
    ...schema.properties,
    notify: { ...Object(notify), anyOf: [{ const: 'desktop' }, ...forms] },
    institutions: { minItems: 1, ...Object(schema.properties?.['institutions']) },
  };
  return { title: 'ofx-sync accounts.yaml', ...schema, properties };
}
