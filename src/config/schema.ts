/**
 * accounts.yaml as a zod schema: strict, so that a typo is an error. The JSON Schema for editors is made from it. What one
 * key alone cannot show (duplicates, impossible combinations) is in `rules.ts`.
 */

import { z } from 'zod';
import { ACCOUNT_KINDS } from '../model/account.js';
import { QUIRK_SHAPE } from './quirks.js';

const DURATION = /^\d{1,6}\s*(?:ms|s|m|h|d)$/;
const DAYS = /^\d{1,5}\s*d$/;

const days = () =>
  z
    .string({ error: 'write a number of days, such as 90d' })
    .regex(DAYS, { error: 'write a number of days, such as 90d' });
const duration = () =>
  z
    .string({ error: 'write a length of time, such as 60s' })
    .regex(DURATION, { error: 'write a length of time, such as 60s' });
const name = () =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, {
      error: 'use letters, digits, blanks, dots, dashes and underscores only',
    });
/** Written with quotes: YAML reads 000123456 as a number and loses the zeros. */
const quoted = (longest: number) =>
  z
    .string({ error: (issue) => (typeof issue.input === 'number' ? 'QUOTE' : undefined) })
    .min(1)
    .max(longest);

const REFERENCE_SHAPE = {
  keychain: z.string().min(1).describe('name in the keychain'),
  env: z.string().min(1).describe('environment variable'),
  file: z.string().min(1).describe('file that only you can read; its first line counts'),
  command: z
    .union([z.string().min(1), z.array(z.string()).min(1)])
    .describe('command whose first line of output counts'),
  literal: z.string().describe('the value itself: sandbox and loopback addresses only'),
};

/** One of the keys of a reference; zod reports the others by name. */
const reference = z
  .strictObject(REFERENCE_SHAPE)
  .partial()
  .refine((value) => Object.keys(value).length === 1, {
    error: 'write exactly one of keychain, env, file, command, literal',
  });

const secret = (what: string) => z.union([z.string().min(1), reference]).describe(what);

export const accountSchema = z.strictObject({
  name: name().describe('your name for the account'),
  kind: z.enum(ACCOUNT_KINDS).describe('what sort of account it is'),
  id: quoted(64).describe('account number as the institution names it, in quotes'),
  routing: quoted(9).optional().describe('routing number or bank code (BANKID), in quotes; for bank accounts'),
  branch: quoted(22).optional().describe('branch (BRANCHID), where the institution wants one'),
  brokerId: z
    .string()
    .min(1)
    .max(22)
    .optional()
    .describe('BROKERID of an investment account, else that of the institution'),
});

export const institutionSchema = z.strictObject({
  name: name().describe('your name for the institution; unique'),
  directory: z
    .string()
    .min(1)
    .optional()
    .describe('fills url, org, fid, version and quirks from the built-in directory'),
  url: z.string().min(1).optional().describe('address of the OFX server: https://…, or sandbox://NAME'),
  files: z.string().min(1).optional().describe('statement files to take in the same run, instead of a url'),
  org: z.string().min(1).max(32).optional().describe('ORG of the signon'),
  fid: quoted(32).optional().describe('FID of the signon, in quotes'),
  brokerId: z.string().min(1).max(22).optional().describe('BROKERID of the investment accounts'),
  userId: secret('user id, or where to find it').optional(),
  password: secret('where to find the password (default: keychain)').optional(),
  clientUid: secret('auto: made once and kept; or never, always, or where to find it').optional(),
  timeout: duration().optional().describe('time limit of one request'),
  perInstitution: z.int().min(1).max(100).optional().describe('requests at once to this institution'),
  ca: z.string().min(1).optional().describe('PEM file of a further certificate authority'),
  proxy: z.string().min(1).optional().describe('HTTP proxy for this institution'),
  ...z.object(QUIRK_SHAPE).partial().shape,
  accounts: z
    .array(accountSchema)
    .min(1, { error: 'name at least one account' })
    .max(2000)
    .describe('the accounts of this login'),
});

export const configSchema = z.strictObject({
  defaults: z
    .strictObject({
      history: days().optional().describe('how far back the first statement of an account reaches (90d)'),
      overlap: days().optional().describe('days asked for again at each later sync (10d)'),
      timeout: duration().optional().describe('time limit of one request (60s)'),
      concurrency: z.int().min(1).max(200).optional().describe('requests at once, in all (10)'),
      perInstitution: z.int().min(1).max(100).optional().describe('requests at once to one institution (1)'),
      retries: z
        .int()
        .min(0)
        .max(10)
        .optional()
        .describe('further attempts where the institution asked for patience or was not reached (2)'),
      keepReplies: z.int().min(0).max(3650).optional().describe('days that raw replies are kept; 0: none (30)'),
    })
    .optional()
    .describe('what holds unless an institution says otherwise'),
  institutions: z
    .array(institutionSchema)
    .min(1, { error: 'name at least one institution' })
    .max(1000)
    .describe('your institutions and their accounts'),
});

export type ConfigFile = z.infer<typeof configSchema>;
export type InstitutionEntry = z.infer<typeof institutionSchema>;
export type AccountEntry = z.infer<typeof accountSchema>;
export type SecretEntry = z.infer<typeof reference> | string;

/** The JSON Schema by which editors complete and check accounts.yaml. */
export function configJsonSchema(): object {
  return { title: 'ofx-sync accounts.yaml', ...z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }) };
}
