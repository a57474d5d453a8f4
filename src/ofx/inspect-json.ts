/** What `inspect --json` prints of a file: the contract's field names, nothing secret. */

import type { OfxFile } from './file.js';

export function inspectJson({
  header,
  signon,
  statements,
  accounts,
  profile,
  challenges,
  notices,
}: OfxFile): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    header,
    signon:
      signon === null
        ? null
        : {
            status: signon.status,
            org: signon.org,
            fid: signon.fid,
            dtServer: signon.dtServer,
            language: signon.language,
          },
    statements,
    accounts,
    profile,
    challenges,
    notices,
  };
}
