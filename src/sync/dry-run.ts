/** `--dry-run`: the requests of a sync as they would go out, with every secret masked. Nothing is resolved and nothing sent. */

import { randomUUID } from 'node:crypto';
import { localDate } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import { Secret } from '../model/secret.js';
import { requestStamp } from '../wiring.js';
import { type PlanInput, planJobs } from './plan.js';

interface Preview {
  readonly institution: string;
  /** Accounts that travel in this request. */
  readonly accounts: readonly string[];
  readonly text: string;
}

export async function previewRequests(
  config: Config,
  input: Omit<PlanInput, 'today'> & { readonly now: () => Date },
): Promise<Preview[]> {
  const { directConnect } = await import('../sources/direct-connect.js');
  const jobs = planJobs(config, { ...input, today: localDate(input.now()) });
  return jobs.flatMap(({ institution, wanted }) => {
    if (institution.files !== null) {
      const accounts = wanted.map(({ account }) => account.name);
      return [{ institution: institution.name, accounts, text: `reads ${institution.files}\n` }];
    }
    const options = {
      stamp: () => requestStamp(input.now),
      now: input.now,
      resolveUrl: async (url: string) => url,
      sleep: async () => undefined,
    };
    const source = directConnect(institution, options);
    const size = institution.quirks.accountsPerRequest ?? wanted.length;
    const masked = new Secret('');
    const login = {
      institution,
      userId: masked,
      password: masked,
      clientUid: institution.clientUid === null ? null : masked,
    };
    return Array.from({ length: Math.ceil(wanted.length / size) }, (_, index) => {
      const part = wanted.slice(index * size, (index + 1) * size).map((one) => ({ ...one, trnuid: randomUUID() }));
      return {
        institution: institution.name,
        accounts: part.map(({ account }) => account.name),
        text: source.preview({ login, wanted: part }),
      };
    });
  });
}
