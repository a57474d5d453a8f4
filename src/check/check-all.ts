/** Checks several institutions at once, each login presented once for all of them, and without private values in the result. */

import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Login } from '../ports.js';
import { createLimiter } from '../sync/limiter.js';
import { type Checked, checkInstitution } from './check.js';
import type { DirectoryRemark } from './directory-remark.js';
import { redactedCheck } from './redact.js';
import type { CheckPorts } from './step.js';

export interface CheckJob {
  readonly institution: Institution;
  readonly accounts: readonly Account[];
  /** The age of the directory's entry, for an institution that is configured with `directory:`. */
  readonly remark: DirectoryRemark | null;
}

export interface CheckOptions {
  readonly config: Config;
  /** For every request, also of institutions that have a timeout of their own; `null`: as configured. */
  readonly timeoutMs: number | null;
  /** Called with each login whose secrets were resolved. */
  readonly onLogin?: (login: Login) => void;
}

/**
 * Yields the result of each institution, in their order, as soon as it and all before it are done.
 * @throws StoreError, OfxSyncError INTERRUPTED
 */
export async function* checkAll(
  jobs: readonly CheckJob[],
  options: CheckOptions,
  ports: Omit<CheckPorts, 'timeoutMs' | 'timeoutForAll'>,
): AsyncIterable<Checked> {
  const { config, timeoutMs, onLogin } = options;
  const logins: Login[] = [];
  const resolveLogin = async (institution: Institution) => {
    const login = await ports.resolveLogin(institution);
    logins.push(login);
    onLogin?.(login);
    return login;
  };
  const limiter = createLimiter({ concurrency: config.defaults.concurrency, perKey: 1 });
  const running = jobs.map(({ institution, ...input }) =>
    limiter.run(institution.name, () =>
      checkInstitution(
        institution,
        { config, ...input },
        {
          ...ports,
          resolveLogin,
          timeoutMs: timeoutMs ?? institution.timeoutMs ?? config.defaults.timeoutMs,
          timeoutForAll: timeoutMs !== null,
        },
      ),
    ),
  );
  // When one ends the check, nobody waits for the others.
  for (const one of running) one.catch(() => undefined);
  for (const one of running) yield redactedCheck(await one, logins);
}
