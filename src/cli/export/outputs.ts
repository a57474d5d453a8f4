/** The outputs of an export: one for all accounts, or a file for each; and what must not happen to the files. */

import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import type { Account } from '../../model/account.js';
import type { ExportRequest } from './options.js';

export interface Output {
  readonly request: ExportRequest;
  readonly accounts: readonly Account[];
}

/** Returns one output for all accounts, or one for each. @throws UsageError */
export function outputsOf(request: ExportRequest, accounts: readonly Account[]): readonly Output[] {
  const { perAccount, exporter, together } = request;
  if (perAccount === null) {
    if (exporter.oneAccountAFile === true && accounts.length > 1 && !together)
      throw new UsageError(
        `one ${exporter.format} file cannot keep ${accounts.length} accounts apart`,
        'Write a file for each: --output-dir DIR. Or choose one: --account NAME. Or mix them in one file: --together',
      );
    return [{ request: request.dryRun ? { ...request, output: null, append: false } : request, accounts }];
  }
  const nameOf = ({ institution, name }: Account) =>
    perAccount.pattern.replaceAll('{institution}', institution).replaceAll('{account}', name);
  if (new Set(accounts.map(nameOf)).size < accounts.length)
    throw new UsageError(
      'two accounts would be written to one file',
      'Use a pattern such as: --name {institution}-{account}',
    );
  return accounts.map((account) => {
    const output = request.dryRun ? null : join(perAccount.folder, `${nameOf(account)}.${exporter.extension}`);
    return { request: { ...request, output, append: request.append && !request.dryRun }, accounts: [account] };
  });
}

/**
 * Refuses to replace a file by what is new, since the entries that it holds would not be exported again. In a folder of
 * files this holds for formats that can be appended to: the others are written anew for each import.
 * @throws UsageError
 */
export async function refuseReplacing(outputs: readonly Output[], cwd: string): Promise<void> {
  for (const { request } of outputs) {
    const { output, isNew, consumer, append, overwrite, perAccount, exporter } = request;
    if (output === null || !isNew || consumer === null || append || overwrite) continue;
    if (perAccount !== null && exporter.appendable !== true) continue;
    const file = await stat(resolve(cwd, output)).catch(() => null);
    if (file === null || !file.isFile() || file.size === 0) continue;
    const appending = exporter.appendable === true ? 'Add to it: --append. Or replace it' : 'Replace it';
    throw new UsageError(
      `--new would replace ${output}, and what it holds would not be exported again`,
      `${appending}: --overwrite. Or name another file.`,
    );
  }
}
