/** Asks on a terminal whether a bank's password may go to the host to which its profile moves requests. */

import type { HostOptions } from '../../discovery/hosts.js';
import { hostOf } from '../../model/account-identity.js';
import { visible } from '../terminal/escape.js';
import type { CliIo, GlobalOptions } from '../terminal/io.js';
import { openPrompts } from '../terminal/open-prompts.js';
import { saysYes } from '../terminal/prompts.js';

/** Returns the question as a function; `null` without a terminal, or where nothing but the result is wanted. */
export function askAboutHosts(
  io: CliIo,
  options: GlobalOptions,
  around?: { pause(): void; resume(): void },
): NonNullable<HostOptions['confirmHost']> | null {
  const isSilent = options.json === true || options.quiet === true;
  if (isSilent || io.stdin.isTTY !== true || io.stderr.isTTY !== true) return null;
  return async ({ name, url }, host) => {
    around?.pause();
    try {
      const prompts = await openPrompts(io, options);
      prompts?.say([
        `The profile of ${visible(name)} (${visible(hostOf(url) ?? '')}) moves requests to another host: ${visible(host)}`,
      ]);
      return prompts !== null && (await saysYes(prompts, 'Send your password there from now on?'));
    } finally {
      around?.resume();
    }
  };
}
