/** Syncs of accounts that move: accounts.yaml names the source of the moment, and what the source says comes without a network. */

import { join } from 'node:path';
import type { IsoDate } from '../../src/model/dates.js';
import type { LifeAccount } from './account.js';
import type { SourceKind } from './bank/behaviour.js';
import { bridgeId } from './bank/write-set.js';
import { dayNumber, isoDay } from './calendar.js';
import type { Program, Store } from './household.js';
import { digest } from './random.js';

interface Context {
  readonly store: Store;
  readonly folder: string;
  readonly now: () => Date;
}

/** The entry in accounts.yaml of an account with one of its sources. */
export function movingEntry({ behaviour: { name }, id }: LifeAccount, source: SourceKind): string {
  const keys: Readonly<Record<SourceKind, readonly string[]>> = {
    url: [`url: https://ofx.${name}.example/ofx`, 'userId: me', 'password: env:PIN', 'profile: never'],
    files: [`files: ${name}-*.qfx`],
    command: [`command: [portal, ${name}]`],
    simplefin: ['simplefin: env:PIN'],
  };
  const number = source === 'simplefin' ? `id: ${bridgeId(id)}` : `id: "${id}", routing: "121000248"`;
  const account = `accounts: [{ name: main, kind: checking, ${number} }]`;
  return `  - name: ${name}\n${[...keys[source], account].map((line) => `    ${line}`).join('\n')}`;
}

/** Syncs an account from the source that it has now. @returns the notices. */
export async function syncMoving(
  program: Program,
  account: LifeAccount,
  moment: number,
  { store, folder, now }: Context,
): Promise<readonly { readonly code: string; readonly message: string }[]> {
  const { moving, behaviour } = account;
  if (moving === undefined) throw new Error(`${behaviour.name} does not move`);
  const { source, since } = moving.sourceAt(moment);
  const entry = movingEntry(account, source);
  const text = `defaults: { retries: 0, keepReplies: 3650 }\ninstitutions:\n${entry}\n`;
  const config = await program.loadConfigText(text, join(folder, 'accounts.yaml'));
  const wiring = program.wire({ config, store, env: { PIN: 'demo' }, now });
  const ports: typeof wiring.ports = {
    ...wiring.ports,
    sourceFor: async () => ({
      kind: source,
      fetch: async ({ wanted }) => {
        const [one] = wanted;
        if (one === undefined) throw new Error('nothing is wanted');
        const to = one.to === null ? null : dayNumber(one.to);
        const body = account.answer({ trnuid: one.trnuid, from: dayNumber(one.from), to }, moment);
        const origin = source === 'url' ? `https://ofx.${behaviour.name}.example/ofx` : `${source} portal`;
        return { body: Buffer.from(body, 'latin1'), httpStatus: source === 'command' ? 0 : 200, origin };
      },
      inquire: async () => {
        throw new Error('nothing but statements is asked');
      },
      preview: () => '',
      close: async () => undefined,
    }),
    newFiles: async function* () {
      const text = moving.newFile(moment);
      yield { path: `${behaviour.name}-${moment}.qfx`, hash: digest(text), body: Buffer.from(text, 'latin1') };
    },
  };
  const window = since === null || source === 'files' ? {} : { since: isoDay(since) as IsoDate };
  const { outcomes } = await program.sync(config, { ...window }, ports);
  await wiring.close();
  return outcomes.flatMap((one) => {
    if (one.status === 'ok') return one.notices;
    throw new Error(
      `${behaviour.name} from ${source} on ${isoDay(Math.floor(moment / 24))}: ${one.error.code} ${one.error.message}`,
    );
  });
}
