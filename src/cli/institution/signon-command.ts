/** `ofx-sync signon NAME`: signs on interactively, asking the user for whatever else the institution requires. */

import { listAccounts } from '../../discovery/list-accounts.js';
import { machineFacts } from '../../discovery/machine-facts.js';
import type { Guide } from '../../discovery/signon.js';
import { toOfxSyncError } from '../../errors.js';
import type { Config, Institution } from '../../model/institution.js';
import { shellWord } from '../../model/shell-word.js';
import type { OfxFile } from '../../ofx/file.js';
import { createGuard } from '../../sync/signon-guard.js';
import { bindUnbound } from '../command/bind-keychain.js';
import type { Invocation } from '../command/command.js';
import { configOf, durationOption, institutionNamed } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { withWiring } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { type CliIo, write, writeLines } from '../terminal/io.js';
import { widthOf, wrapped } from '../terminal/table.js';
import { plural } from '../terminal/wording.js';

export async function signonCommand(invocation: Invocation): Promise<number> {
  const config = await configOf(invocation, { accountsToCome: true });
  const institution = institutionNamed(config, invocation.words[0] ?? '');
  const accounts = (await signOnTo(institution, config, { ...invocation, confirms: true })).accounts.length;
  await printResult(invocation, {
    json: { version: 1, institution: institution.name, accounts },
    indent: 0,
    text: [`${visible(institution.name)} accepted the sign-on and lists ${plural(accounts, 'account')}`],
    stream: 'stderr',
  });
  return EXIT.ok;
}

/**
 * Signs on by requesting the list of accounts, and returns the reply.
 * @param invocation.confirms a person asks for the sign-on: credentials that got no verdict are presented again.
 * @throws OfxSyncError
 */
export async function signOnTo(
  institution: Institution,
  config: Config,
  invocation: Invocation & { readonly confirms?: boolean },
): Promise<OfxFile> {
  const { io, options, confirms = false } = invocation;
  const timeoutMs = durationOption(invocation, 'timeout') ?? institution.timeoutMs ?? config.defaults.timeoutMs;
  return withWiring(invocation, config, async ({ store, wiring }) => {
    const ports = {
      ...wiring.ports,
      store,
      resolveLogin: wiring.resolveLogin,
      resolveUrl: wiring.resolveUrl,
      guard: createGuard(store, { force: options['force'] === true, confirms, now: io.now }),
      timeoutMs,
      signal: io.signal,
      machine: () => machineFacts(io),
    };
    await warnOfStaleAddress(institution, config, invocation);
    const prompt = askHidden(io);
    const guide = prompt === null ? null : guideOf(institution, prompt, invocation);
    const file = await listAccounts(institution, guide, ports);
    bindUnbound(config, [institution], io);
    return file;
  });
}

/** Warns, before a password is sent, of an address without recent evidence: it may belong to somebody else by now. */
async function warnOfStaleAddress({ name }: Institution, config: Config, { io, options }: Invocation): Promise<void> {
  if (options.quiet === true) return;
  const { directoryRemark } = await import('../../check/directory-remark.js');
  const { readConfigText } = await import('../../config/yaml/write.js');
  const remark = await directoryRemark(await readConfigText(config.file), name);
  if (remark?.isStale === true) await printWrapped(`! the address of ${name}: ${remark.evidence}`, io);
}

/** Prints a text on standard error, wrapped to the terminal. */
async function printWrapped(text: string, io: CliIo): Promise<void> {
  const lines = text.split('\n').flatMap((line) => wrapped(visible(line), widthOf(io.stderr)));
  await writeLines(io.stderr, lines);
}

function guideOf(institution: Institution, ask: (question: string) => Promise<string>, { io }: Invocation): Guide {
  return {
    say: (text) => printWrapped(text, io),
    ask: (question) => ask(visible(question)),
    savePassword: (password) => savePassword(password, institution, io),
  };
}

async function savePassword(password: string, { name, password: reference }: Institution, io: CliIo): Promise<void> {
  if (reference?.scheme !== 'keychain')
    return printWrapped(
      `Store it where accounts.yaml looks for it (${reference?.scheme ?? 'password:'}) before the next run.`,
      io,
    );
  const { storeInKeychain } = await import('../../secrets/keychain.js');
  const context = { institution: name, field: 'password', env: io.env, baseDir: io.cwd, signal: io.signal };
  try {
    await storeInKeychain(reference, password, context);
    await write(io.stderr, 'It is stored in the keychain.\n');
  } catch (thrown) {
    await printWrapped(
      `It could not be stored in the keychain (${toOfxSyncError(thrown).message}), although ${name} has accepted it. Store it yourself: ofx-sync secret set ${shellWord(name)}`,
      io,
    );
  }
}
