/** `ofx-sync discover INSTITUTION`: lists the accounts of a login as YAML; `--write` adds the new ones to accounts.yaml. */

import { type FoundAccount, foundAccounts } from '../../config/found-accounts.js';
import { accountLine, addAccounts } from '../../config/yaml/edit.js';
import { readConfigText, writeConfigText } from '../../config/yaml/write.js';
import { requireReply } from '../../discovery/inquiry.js';
import type { Institution } from '../../model/institution.js';
import { shellWord } from '../../model/shell-word.js';
import type { Invocation } from '../command/command.js';
import { configOf, institutionNamed, loadOptionsOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { renewTrust } from '../command/trust.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { plural } from '../terminal/wording.js';
import { signOnTo } from './signon-command.js';

export async function discoverCommand(invocation: Invocation): Promise<number> {
  const { options, words } = invocation;
  const config = await configOf(invocation, { accountsToCome: true });
  const institution = institutionNamed(config, words[0] ?? '');
  const file = await signOnTo(institution, config, invocation);
  requireReply(file, 'ACCTINFOTRNRS', institution);
  const found = foundAccounts(file.accounts, institution);
  const fresh = found.flatMap(({ state, entry }) => (state === 'new' && entry !== null ? [entry] : []));
  if (options['write'] === true && fresh.length > 0) {
    const before = await readConfigText(config.file);
    const after = addAccounts(before, institution.name, fresh);
    await writeConfigText(config.file, { before, after }, { ...loadOptionsOf(invocation), accountsToCome: true });
    await renewTrust({ file: config.file, before, config }, invocation);
  }
  if (options.json === true) await printDiscoveryJson(invocation, { institution, found, file: config.file });
  else await print(invocation, { institution, found, file: config.file });
  return EXIT.ok;
}

interface Discovery {
  readonly institution: Institution;
  readonly found: readonly FoundAccount[];
  readonly file: string;
}

/** Prints the YAML on standard output, and everything else on standard error. */
async function print({ io, options }: Invocation, { institution, found, file }: Discovery): Promise<void> {
  const written = options['write'] === true;
  if (!written) await write(io.stdout, yamlOf(found));
  if (options.quiet === true) return;
  const fresh = found.filter(({ state }) => state === 'new');
  const lines = [summary(institution, found)];
  if (written && fresh.length > 0) {
    lines.push(`${visible(file)}: ${plural(fresh.length, 'account')} added to ${visible(institution.name)}`);
    for (const { entry } of fresh) if (entry !== null) lines.push(`  ${visible(accountLine(entry))}`);
  } else if (written) lines.push(`${visible(file)}: nothing to add`);
  else if (fresh.length > 0)
    lines.push(`paste these into accounts.yaml, or: ofx-sync discover ${visible(shellWord(institution.name))} --write`);
  for (const { entry, remark, state } of found)
    if (remark !== null && (written || state === 'incomplete'))
      lines.push(`  ${visible(entry?.name ?? 'skipped')}: ${visible(remark)}`);
  for (const missing of unlisted(institution, found))
    lines.push(`  ${visible(missing)} is in accounts.yaml, but the bank does not list it`);
  await writeLines(io.stderr, lines);
}

function summary({ name }: Institution, found: readonly FoundAccount[]): string {
  const parts = (['new', 'configured', 'inactive', 'incomplete'] as const).flatMap((state) => {
    const count = found.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${state === 'inactive' ? 'not active' : state}`];
  });
  return `${visible(name)} lists ${plural(found.length, 'account')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

/** Returns the new accounts as a YAML list, and the others as comments with the reason. */
function yamlOf(found: readonly FoundAccount[]): string {
  const lines = found.map(({ state, entry, description, remark }) => {
    const line = entry === null ? '' : `- ${accountLine(entry)}`;
    const about = [...(state === 'configured' ? ['in accounts.yaml already'] : []), description ?? '', remark ?? '']
      .filter((part) => part !== '')
      .join('; ');
    const comment = about === '' ? '' : ` # ${visible(about)}`;
    if (state === 'new') return `  ${line}${comment}`;
    return `  # ${line === '' ? visible(about) : `${line}${comment}`}`;
  });
  return `accounts:\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** Returns the names of configured accounts that the institution does not list. */
function unlisted({ accounts }: Institution, found: readonly FoundAccount[]): string[] {
  const listed = new Set(found.flatMap(({ state, entry }) => (state === 'configured' ? [entry?.name] : [])));
  return accounts.map(({ name }) => name).filter((name) => !listed.has(name));
}

async function printDiscoveryJson({ io, options }: Invocation, { institution, found, file }: Discovery): Promise<void> {
  const accounts = found.map(({ state, entry, description, remark }) => ({ state, description, remark, entry }));
  const result = {
    version: 1,
    institution: institution.name,
    config: file,
    written: options['write'] === true && found.some(({ state }) => state === 'new'),
    accounts,
    unlisted: unlisted(institution, found),
  };
  await printJson(io, result);
}
