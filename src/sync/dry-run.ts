/** Writes the requests of a sync exactly as they would be sent, with every secret masked. Resolves no secret and sends nothing. */

import { localDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import { signonRefusal } from '../ofx/demands.js';
import type { Login, StatementSource } from '../ports.js';
import { batchesOf, requestsOf } from './batches.js';
import type { LoginJob } from './download.js';
import { type PlanInput, planJobs } from './plan.js';

export interface RequestPreview {
  readonly institution: string;
  /** The accounts of this request. */
  readonly accounts: readonly string[];
  readonly text: string;
}

/** The outside world of a dry run. */
export interface DryRunPorts {
  /** The login that a sync would use, every secret of it replaced by a mask. */
  readonly maskedLogin: (institution: Institution) => Login;
  readonly sourceFor: (institution: Institution) => Promise<Pick<StatementSource, 'preview'>>;
  readonly now: () => Date;
  readonly newUid: () => string;
}

/** Lists the requests in the order of the configuration. @throws UsageError for an unknown name. */
export async function previewRequests(
  config: Config,
  input: Omit<PlanInput, 'today'>,
  ports: DryRunPorts,
): Promise<RequestPreview[]> {
  const jobs = planJobs(config, { ...input, today: localDate(ports.now()) });
  const previews: RequestPreview[] = [];
  for (const job of jobs) previews.push(...(await previewsOf(job, ports)));
  return previews;
}

async function previewsOf({ institution, wanted }: LoginJob, ports: DryRunPorts): Promise<RequestPreview[]> {
  if (institution.files !== null) {
    const accounts = wanted.map(({ account }) => account.name);
    return [{ institution: institution.name, accounts, text: `reads ${institution.files.join(', ')}\n` }];
  }
  const login = ports.maskedLogin(institution);
  const source = await ports.sourceFor(institution);
  return batchesOf(wanted, login, localDate(ports.now()))
    .flatMap(requestsOf)
    .map((windows) => {
      const refusal = signonRefusal(
        login,
        windows.map(({ account }) => account.kind),
      );
      const wantedNow = windows.map((one) => ({ ...one, trnuid: ports.newUid() }));
      return {
        institution: institution.name,
        accounts: windows.map(({ account }) => account.name),
        text:
          refusal === null
            ? source.preview({ login, wanted: wantedNow })
            : `nothing is sent: ${refusal.message}. ${refusal.hint ?? ''}\n`,
      };
    });
}
