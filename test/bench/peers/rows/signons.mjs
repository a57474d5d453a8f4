/** A wrong password and a timer that runs thirty times: how often the bank sees it. Banks lock a login after three to five. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from '../clients/index.mjs';
import { cellsOf, run, startBanks } from '../lab.mjs';

const RUNS = 30;

export const signonsRow = {
  key: 'signons',
  title: `Sign-ons with a wrong password in ${RUNS} runs of a timer`,
  run: async ({ dir, say }) => {
    const measured = (client) => measure(client, join(dir, 'signons', client.name), say);
    return { cells: await cellsOf(CLIENTS, measured, { say }), counts: { runs: RUNS } };
  },
};

async function measure(client, dir, say) {
  mkdirSync(dir, { recursive: true });
  const lab = await startBanks(1, { dir });
  try {
    await client.setUp(dir, lab.banksFor(client));
    client.fresh(dir);
    lab.sandbox.setPassword('b0', 'changed');
    const before = lab.sandbox.counts('b0').signons;
    for (let count = 0; count < RUNS; count += 1)
      await run(client.timer(dir), { cwd: dir, env: client.env(dir, lab.ca), limit: 20_000 });
    const signons = lab.sandbox.counts('b0').signons - before;
    say(`${client.name}: ${signons}`);
    return { signons };
  } finally {
    await lab.close();
  }
}
