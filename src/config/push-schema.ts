/** `push:` of accounts.yaml, the budgets to which `ofx-sync push` hands transactions. What a key alone cannot show is in `push-rules.ts`. */

import { z } from 'zod';
import { secretSchema } from './references.js';

const text = (longest: number) => z.string().min(1).max(longest);
const accounts = () =>
  z
    .record(z.string(), text(100))
    .optional()
    .describe(
      'which of your accounts go into which of the budget: institution/account: NAME; all, by their own names, when absent',
    );

export const ynabSchema = z.strictObject({
  token: secretSchema
    .optional()
    .describe('where to find the personal access token (keychain, after: ofx-sync secret set ynab); as for password'),
  budget: text(200).optional().describe('name or id of the budget; the only one, when absent'),
  accounts: accounts(),
  server: text(1000).optional().describe('another address than that of YNAB'),
});

export const actualSchema = z.strictObject({
  server: text(1000).optional().describe('address of your Actual server: https://…; without one, budgets in folder'),
  password: secretSchema
    .optional()
    .describe('where to find the password of the server (keychain, after: ofx-sync secret set actual)'),
  budget: text(200).optional().describe('name of the budget, its sync id, or the name of its folder'),
  encryptionPassword: secretSchema
    .optional()
    .describe('where to find the password of an end-to-end encrypted budget; as for password'),
  folder: text(1000)
    .optional()
    .describe('folder of budgets on this machine; with a server, where its budgets are kept at hand'),
  accounts: accounts(),
});

/** Each may be empty when all of its keys are commented out. */
export const pushSchema = z.strictObject({
  ynab: ynabSchema.nullish().describe('a budget of YNAB'),
  actual: actualSchema.nullish().describe('a budget of Actual'),
});

export type PushEntry = z.infer<typeof pushSchema>;
