/**
 * Decides whether a configuration may be used: nobody else may be able to change it, and one that merely lies in the current
 * folder must be trusted before it may read secrets, run commands or send anything. Naming a file is a decision for it.
 */

import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FoundNotify } from '../../config/load.js';
import { readConfig } from '../../config/read-file.js';
import { intrusionInto } from '../../config/trust/ownership.js';
import { usesOf } from '../../config/trust/uses.js';
import { type ConfigOrigin, configPlaces, locateConfig, locateData, originOfConfig } from '../../config/yaml/locate.js';
import { TrustError } from '../../errors.js';
import type { Config } from '../../model/institution.js';
import { shellWord } from '../../model/shell-word.js';
import { isTrusted, trust } from '../../store/trust/record.js';
import { visible } from '../terminal/escape.js';
import type { CliIo } from '../terminal/io.js';
import { openPrompts } from '../terminal/open-prompts.js';
import { saysYes } from '../terminal/prompts.js';
import type { Invocation } from './command.js';

/** A configuration file as it was read: what is judged is what is used. */
export interface ConfigSource {
  readonly file: string;
  readonly text: string;
  readonly origin: ConfigOrigin;
}

/** Reads the configuration file that this invocation uses. @throws ConfigError; TrustError when somebody else can change it. */
export async function readConfigSource(invocation: Invocation): Promise<ConfigSource> {
  const { options, io } = invocation;
  const file = locateConfig(options.config, io, existsSync);
  return sourceOf(file, await readConfig(file), invocation);
}

/** Describes a configuration file whose text was read. @throws TrustError when somebody else can change it */
export function sourceOf(file: string, text: string, { options, io }: Invocation): ConfigSource {
  const origin = originOf(file, options.config, io);
  const intrusion = intrusionInto(file, io.user);
  if (intrusion !== null && origin !== 'named')
    throw new TrustError(`${intrusion.message}; ${file} is not used`, intrusion.hint);
  if (intrusion !== null && options.quiet !== true)
    io.stderr.write(`notice: ${visible(intrusion.message)}: ${visible(intrusion.hint)}\n`);
  return { file, text, origin };
}

/**
 * Returns the place of a configuration: its folder without links, where its relative paths lead. A link to a trusted file, in
 * another folder, would make it run the programs of that folder.
 */
export function placeOf(file: string): string {
  return join(realpathSync(dirname(file)), basename(file));
}

/** The personal file is the same one by whatever path its folder was found; it may be a link itself. */
function originOf(file: string, named: string | undefined, io: CliIo): ConfigOrigin {
  const origin = originOfConfig(named, io, file);
  const [, personal] = configPlaces(io);
  const isPersonal =
    origin === 'found' && existsSync(personal) && [placeOf(personal), realpathSync(personal)].includes(placeOf(file));
  return isPersonal ? 'personal' : origin;
}

/**
 * Returns the folder that remembers what is trusted. An option names a store, not another person's decisions: `--data` does not
 * count.
 */
export function trustDir(io: CliIo): string {
  return locateData(undefined, io);
}

/** Returns true for a configuration that may read secrets, run commands and send messages. */
export function mayUse({ file, text, origin }: ConfigSource, io: CliIo): boolean {
  return origin !== 'found' || isTrusted(trustDir(io), { path: placeOf(file), text });
}

/** Asks once, on a terminal, about a configuration that is to be used and is not trusted yet. @throws TrustError */
export async function requireTrust(source: ConfigSource, config: Config, invocation: Invocation): Promise<void> {
  const { io, options } = invocation;
  if (source.origin !== 'found') return;
  const uses = usesOf(config);
  if (uses.length === 0 || mayUse(source, io)) return;
  const isSilent = ['unattended', 'nonInteractive', 'json', 'quiet'].some((name) => options[name] === true);
  const prompts = isSilent ? null : await openPrompts(io, options);
  if (prompts === null) throw notTrusted(source.file);
  prompts.say([`${visible(source.file)} is not your personal configuration. It would`, ...useLines(uses)]);
  if (!(await saysYes(prompts, 'Trust it, as long as its content stays the same?'))) throw notTrusted(source.file);
  trustSource(source, io);
}

export function useLines(uses: readonly string[]): string[] {
  return uses.map((use) => `  - ${visible(use)}`);
}

export function notTrusted(file: string): TrustError {
  return new TrustError(
    `${file} was found in the current folder and is not trusted; nothing was read, run or sent for it`,
    `Read it first. Then trust it: ofx-sync trust ${shellWord(file)}. Or name it: --config ${shellWord(file)}`,
  );
}

/** Remembers the configuration as trusted. @throws StoreError */
export function trustSource({ file, text }: Pick<ConfigSource, 'file' | 'text'>, io: CliIo): void {
  trust(trustDir(io), { path: placeOf(file), text });
}

/** A configuration before a command of this program changed it. */
interface FormerConfig {
  readonly file: string;
  readonly before: string;
  /** `null` for a file without content. */
  readonly config: Config | null;
}

/** Keeps the trust in a configuration that a command of this program has changed. */
export async function renewTrust({ file, before, config }: FormerConfig, { options, io }: Invocation): Promise<void> {
  if (originOf(file, options.config, io) !== 'found') return;
  const isHarmless = config === null || usesOf(config).length === 0;
  if (isHarmless || isTrusted(trustDir(io), { path: placeOf(file), text: before }))
    trustSource({ file, text: await readConfig(file) }, io);
}

/** Returns `notify:` of a configuration that may be used, even one with mistakes elsewhere; else `null`. */
export async function notifyOfSource(invocation: Invocation): Promise<NotifySource | null> {
  try {
    const source = await readConfigSource(invocation);
    if (!mayUse(source, invocation.io)) return null;
    const { loadNotify } = await import('../../config/load.js');
    const found = loadNotify(source.text);
    return found === null ? null : { file: source.file, ...found };
  } catch {
    // The run itself has reported why the file cannot be used.
    return null;
  }
}

type NotifySource = FoundNotify & { readonly file: string };
