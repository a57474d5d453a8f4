/** `ofx-sync trust --bank NAME --host HOST`: lets a bank's password go to a host of its address or profile. */

import { hostsToBind, keychainEntries } from '../../discovery/hosts.js';
import { addressesOf } from '../../discovery/profile.js';
import { UsageError } from '../../errors.js';
import { hostOf } from '../../model/account-identity.js';
import type { Institution } from '../../model/institution.js';
import { didYouMean } from '../../model/nearest.js';
import type { Store } from '../../ports.js';
import { bindEntry, hostsOfEntry } from '../../store/trust/record.js';
import type { Invocation } from '../command/command.js';
import { configOf, institutionNamed } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { trustDir } from '../command/trust.js';
import { withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';

interface Confirmation {
  readonly bank: string;
  readonly host: string;
}

export async function confirmHost({ bank, host: typed }: Confirmation, invocation: Invocation): Promise<number> {
  const config = await configOf(invocation, { accountsToCome: true });
  const institution = institutionNamed(config, bank);
  const host = typed.toLowerCase();
  await withStoreForWriting(invocation, async (store) => confirm(institution, host, { store, invocation }));
  await printResult(invocation, {
    json: { version: 1, institution: institution.name, host, trusted: true },
    indent: 0,
    text: [`the password of ${visible(institution.name)} may go to ${visible(host)}`],
    stream: 'stderr',
  });
  return EXIT.ok;
}

function confirm(
  institution: Institution,
  host: string,
  { store, invocation: { io } }: { readonly store: Store; readonly invocation: Invocation },
): void {
  const { name, url } = institution;
  const own = hostsToBind(institution);
  const moved = Object.values(addressesOf(institution, store.loginState(name).profile)).flatMap(
    (address) => hostOf(address) ?? [],
  );
  const hosts = [...new Set([...own, ...moved])];
  if (!hosts.includes(host))
    throw new UsageError(
      `${name} does not use the host ${JSON.stringify(host)}`,
      didYouMean(
        host,
        hosts,
        hosts.length === 0 ? 'It has no hosts of its own.' : `Its hosts are: ${hosts.join(', ')}`,
      ),
    );
  const address = hostOf(url);
  if (address !== null && address !== host) store.confirmHost(address, host);
  if (!own.includes(host)) return;
  for (const entry of keychainEntries(institution)) {
    const bound = hostsOfEntry(trustDir(io), entry);
    if (bound.length > 0) bindEntry(trustDir(io), entry, [...bound, host]);
  }
}
