/** What will be different when nobody is there: told when a schedule is installed. */

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

/** What a person answers or has in the environment is not there when nobody is. */
function secretWarnings(config: Config, system: SystemName): string[] {
  return config.institutions.flatMap((institution) =>
    secretReferences(institution).flatMap(([field, reference]) => {
      const what = `${field} of ${institution.name}`;
      if (reference.scheme === 'prompt')
        return [`${what} is asked on the terminal, where nobody will be: keep it in the keychain`];
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

/** Whoever reaches the network through a proxy of the shell does not reach it from a schedule. */
function proxyWarnings({ institutions }: Config, { env }: Machine): string[] {
  const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].filter((name) => (env[name] ?? '') !== '');
  const concerned = institutions.filter(({ url, proxy }) => url?.startsWith('https:') === true && proxy === null);
  const [name] = names;
  return name === undefined || concerned.length === 0
    ? []
    : [`the proxy of ${name} may not be there in a schedule: write it into accounts.yaml (proxy:)`];
}

function programWarnings({ command: [node = '', script = ''] }: Job): string[] {
  if (/[\\/]_npx[\\/]/.test(script))
    return [
      `${script} lies in the cache of npx, which is emptied now and then: install it with npm install -g ofx-sync, then the schedule again`,
    ];
  return existsSync(node) && existsSync(script) ? [] : [`${existsSync(node) ? script : node} is not there`];
}

async function systemWarnings(system: SystemName, place: Machine): Promise<string[]> {
  if (system === 'cron' && (await cronRuns(place)) === false)
    return ['no cron daemon seems to be running here, so that nothing will run the line'];
  if (system !== 'systemd') return [];
  const { username } = userInfo();
  return (await lingers(username, place)) === false
    ? [
        `it runs while you are signed in; to run always: loginctl enable-linger ${username} (the keychain stays locked until you sign in)`,
      ]
    : [];
}
