/** Warnings of what a run by a timer will lack, for the installation of a schedule. */

import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { type Config, secretReferences } from '../../model/institution.js';
import type { Job } from '../../schedule/job.js';
import type { Machine } from '../../schedule/system.js';
import { cronRuns, lingers, type SystemName } from '../../schedule/systems.js';

export async function scheduleWarnings(
  config: Config,
  { system, job, place }: { readonly system: SystemName; readonly job: Job; readonly place: Machine },
): Promise<string[]> {
  return [
    ...secretWarnings(config, system),
    ...proxyWarnings(config, place),
    ...programWarnings(job),
    ...(await systemWarnings(system, place)),
  ];
}

/** Warns of secrets that need a person or the environment of a person's shell. */
function secretWarnings(config: Config, system: SystemName): string[] {
  return config.institutions.flatMap((institution) =>
    secretReferences(institution).flatMap(([field, reference]) => {
      const what = `${field} of ${institution.name}`;
      if (reference.scheme === 'prompt')
        return [`${what} is asked for on the terminal, which a schedule does not have: keep it in the keychain`];
      if (reference.scheme === 'env')
        return [
          `${what} comes from the environment (${reference.name}), which a schedule does not have: use the keychain, file: or command:`,
        ];
      if (reference.scheme === 'keychain' && system === 'cron')
        return [`${what} is in the keychain, which cron can open only while you are signed in to your desktop`];
      return [];
    }),
  );
}

/** Warns of a proxy that only the environment of the shell names. */
function proxyWarnings({ institutions }: Config, { env }: Machine): string[] {
  const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].filter((name) => (env[name] ?? '') !== '');
  const concerned = institutions.filter(({ url, proxy }) => url?.startsWith('https:') === true && proxy === null);
  const [name] = names;
  return name === undefined || concerned.length === 0
    ? []
    : [`a schedule may run without ${name} of your shell: write the proxy into accounts.yaml (proxy:)`];
}

function programWarnings({ command: [node = '', script = ''] }: Job): string[] {
  if (/[\\/]_npx[\\/]/.test(script))
    return [
      `${script} is in the cache of npx, which is emptied from time to time: install ofx-sync globally (see the README), then install the schedule again`,
    ];
  return existsSync(node) && existsSync(script) ? [] : [`${existsSync(node) ? script : node} does not exist`];
}

async function systemWarnings(system: SystemName, place: Machine): Promise<string[]> {
  if (system === 'cron' && (await cronRuns(place)) === false)
    return ['no cron daemon seems to run on this machine: nothing will start the schedule'];
  if (system !== 'systemd' && system !== 'systemd-serve') return [];
  const username = ownName(place);
  return (await lingers(username, place)) === false
    ? [
        `it runs only while you are signed in; to run always: loginctl enable-linger ${username} (the keychain stays locked until you sign in)`,
      ]
    : [];
}

/** Returns the name of this user, the number of one whom the system does not know. */
function ownName({ uid }: Machine): string {
  try {
    return userInfo().username;
  } catch {
    return String(uid);
  }
}
