/** Binds entries of the keychain to the hosts for which they were stored, so that a changed address does not get the password. */

import { hostsToBind, keychainEntries } from '../../discovery/hosts.js';
import { AddressError } from '../../errors.js';
import { hostOf, isTrial } from '../../model/account-identity.js';
import type { Config, Institution } from '../../model/institution.js';
import { PUSH_TARGETS, type PushSettings, type PushTargetName } from '../../model/push.js';
import { shellWord } from '../../model/shell-word.js';
import { bindEntry, hostsOfEntry } from '../../store/trust/record.js';
import type { SyncResult } from '../../sync/sync.js';
import type { CliIo } from '../terminal/io.js';
import { trustDir } from './trust.js';

/** Binds an entry that was just stored to all banks of the configuration that use it. */
export function bindStored(entry: string, config: Pick<Config, 'institutions' | 'push'>, io: CliIo): void {
  const hosts = hostsUsing(entry, config);
  if (hosts.length > 0) bindEntry(trustDir(io), entry, hosts);
}

/** Binds the entries of banks that sent a statement, unless they are bound: those that an earlier version stored. */
export function bindAccepted(config: Config, { outcomes }: Pick<SyncResult, 'outcomes'>, io: CliIo): void {
  const accepted = new Set(outcomes.flatMap(({ status, account }) => (status === 'ok' ? [account.institution] : [])));
  bindUnbound(
    config,
    config.institutions.filter(({ name }) => accepted.has(name)),
    io,
  );
}

/** Binds the entries of banks that accepted a sign-on, unless they are bound. */
export function bindUnbound(config: Config, accepted: readonly Institution[], io: CliIo): void {
  for (const entry of new Set(accepted.flatMap(keychainEntries)))
    if (hostsOfEntry(trustDir(io), entry).length === 0) bindStored(entry, config, io);
}

function hostsUsing(entry: string, { institutions, push = {} }: Pick<Config, 'institutions' | 'push'>): string[] {
  const tools = PUSH_TARGETS.flatMap((target) => {
    const settings = push[target];
    const isUsed = settings !== undefined && entriesOfTool(target, settings).includes(entry);
    return isUsed ? (hostOfTool(target, settings) ?? []) : [];
  });
  return [...institutions.filter((one) => keychainEntries(one).includes(entry)).flatMap(hostsToBind), ...tools];
}

/** Hosts of the budgeting tools that have an address of their own. */
const TOOL_HOSTS: Readonly<Record<PushTargetName, string | null>> = { ynab: 'api.ynab.com', actual: null };

function hostOfTool(target: PushTargetName, { server }: PushSettings): string | null {
  const host = server === null ? TOOL_HOSTS[target] : hostOf(server);
  return host === null || isTrial({ host }) ? null : host;
}

function entriesOfTool(target: PushTargetName, { secrets }: PushSettings): readonly string[] {
  return Object.values(secrets).flatMap((reference) =>
    reference.scheme === 'keychain' ? [reference.name ?? target] : [],
  );
}

/** @throws AddressError when an entry of the keychain was stored for another server than that of a budgeting tool. */
export function refuseOtherServer(target: PushTargetName, settings: PushSettings, io: CliIo): void {
  const host = settings.server === null ? TOOL_HOSTS[target] : hostOf(settings.server);
  if (host === null) return;
  for (const entry of entriesOfTool(target, settings)) {
    const bound = hostsOfEntry(trustDir(io), entry);
    if (bound.length > 0 && !bound.includes(host))
      throw new AddressError(
        `the secret ${JSON.stringify(entry)} of the keychain was stored for ${bound.join(', ')}, and push ${target} is to send it to ${host}`,
        { host, hint: `Store it again for this server: ofx-sync secret set ${shellWord(entry)}` },
      );
  }
}

/** Binds the entries of a budgeting tool that accepted them, unless they are bound. */
export function bindTool(target: PushTargetName, settings: PushSettings, io: CliIo): void {
  const host = hostOfTool(target, settings);
  if (host === null) return;
  for (const entry of entriesOfTool(target, settings))
    if (hostsOfEntry(trustDir(io), entry).length === 0) bindEntry(trustDir(io), entry, [host]);
}
