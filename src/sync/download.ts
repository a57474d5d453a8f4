/**
 * Every login at once, bounded; one failure never touches another. A login's accounts travel in one request; what each
 * account gets is decided from its own status; a request that fails as a whole for a reason that one account may have
 * caused is asked again account by account. Nothing is thrown across this boundary: every account ends with a delivery.
 */

import type { DownloadOptions, DownloadPorts, LoginJob } from './download-types.js';
import { LoginRun } from './login-download.js';

export type { Delivery, DownloadOptions, DownloadPorts, LoginJob } from './download-types.js';

/** @returns the time that all requests together took, in milliseconds: what one after another would have cost. */
export async function downloadAll(
  jobs: readonly LoginJob[],
  options: DownloadOptions,
  ports: DownloadPorts,
): Promise<number> {
  const runs = jobs.map((job) => new LoginRun(job, options, ports));
  await Promise.all(runs.map((run) => run.run()));
  return runs.reduce((total, run) => total + run.requestMs, 0);
}
