/** Lists what a configuration may read, run and contact on behalf of the person, to be asked about before it is trusted. */

import { hostOf, isTrial } from '../../model/account-identity.js';
import {
  type Config,
  type Institution,
  placeOf as placeOfStatements,
  secretReferences,
} from '../../model/institution.js';
import type { PushSettings } from '../../model/push.js';
import type { SecretReference } from '../../model/secret.js';

/** Returns one line for each kind of use; none for a configuration of made-up banks without secrets and commands. */
export function usesOf(config: Config): readonly string[] {
  const references = [
    ...config.institutions.flatMap(referencesOf),
    ...Object.values(config.push ?? {}).flatMap((settings) =>
      Object.entries(settings?.secrets ?? {}).map(([key, one]) => placeOf(one, key)),
    ),
  ];
  const of = (kind: Place['kind']) => references.flatMap((one) => (one?.kind === kind ? [one.name] : []));
  const { notify, exportConfig } = config;
  return [
    ...line('read from the keychain', of('keychain')),
    ...line('read the environment variable', of('env')),
    ...line('read', [...of('file'), ...config.institutions.flatMap(filesOf)]),
    ...line('ask you for', of('prompt')),
    ...line('run', [
      ...of('command'),
      ...config.institutions.flatMap(programOf),
      ...(exportConfig?.onSync ?? []).map(({ command }) => command.join(' ')),
    ]),
    ...(notify === undefined ? [] : line('send messages to', [receiverOf(notify.to)])),
    ...line('let ofx-sync push send transactions to', Object.entries(config.push ?? {}).map(serverOf)),
    ...line('sign on at', references.length === 0 ? [] : config.institutions.flatMap(hostsOf)),
  ];
}

interface Place {
  readonly kind: 'keychain' | 'env' | 'file' | 'prompt' | 'command';
  readonly name: string;
}

function line(verb: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${verb} ${[...new Set(names)].join(', ')}`];
}

function referencesOf(institution: Institution): Place[] {
  return secretReferences(institution).flatMap(([key, reference]) => {
    const place = placeOf(reference, institution.name, `${key} of ${institution.name}`);
    return place === null ? [] : [place];
  });
}

/** Returns `null` for a value that the file itself holds. */
function placeOf(reference: SecretReference, entry: string, field = entry): Place | null {
  switch (reference.scheme) {
    case 'keychain':
      return { kind: 'keychain', name: reference.name ?? entry };
    case 'env':
      return { kind: 'env', name: reference.name };
    case 'file':
      return { kind: 'file', name: reference.path };
    case 'prompt':
      return { kind: 'prompt', name: field };
    case 'command': {
      const { command } = reference;
      return { kind: 'command', name: typeof command === 'string' ? command : command.join(' ') };
    }
    default:
      return null;
  }
}

function filesOf({ files, ca }: Institution): string[] {
  return [...(files ?? []), ...(ca === null ? [] : [ca])];
}

function programOf(institution: Institution): string[] {
  return institution.program === undefined ? [] : [placeOfStatements(institution)];
}

function hostsOf({ url }: Institution): string[] {
  const host = hostOf(url);
  return host === null || isTrial({ host }) ? [] : [host];
}

function serverOf([target, settings]: readonly [string, PushSettings | undefined]): string {
  return settings?.server == null ? target : (hostOf(settings.server) ?? settings.server);
}

function receiverOf(to: NonNullable<Config['notify']>['to']): string {
  if ('desktop' in to) return 'the desktop';
  return 'webhook' in to ? new URL(to.webhook).host : to.command.join(' ');
}
