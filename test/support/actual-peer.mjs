/**
 * Actual's own API as somebody else uses it: makes budgets and reads them. Run by Node in a process of its own:
 * `actual-peer.mjs FOLDER-WITH-THE-API ACTION JSON`, the answer as JSON on the last line of standard output.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [home, action, text] = process.argv.slice(2);
const { dataDir, serverURL, password, budget, more = {} } = JSON.parse(text);
const api = await import(pathToFileURL(createRequire(join(home, 'package.json')).resolve('@actual-app/api')).href);

mkdirSync(dataDir, { recursive: true });
const lib = await api.init({ dataDir, verbose: false, ...(serverURL ? { serverURL, password } : {}) });

async function open() {
  const found = (await api.getBudgets()).filter(({ name }) => name === budget);
  const shared = found.find(({ groupId }) => groupId);
  if (serverURL) await api.downloadBudget(shared.groupId, more.encryption ? { password: more.encryption } : undefined);
  else await api.loadBudget(found[0].id);
}

const ACTIONS = {
  async make() {
    await api.runImport(budget, async () => undefined);
    if (!more.encryption) return null;
    return lib.send('key-make', { password: more.encryption });
  },
  async read() {
    await open();
    const accounts = [];
    const payees = new Map((await api.getPayees()).map((one) => [one.id, one]));
    const categories = new Map((await api.getCategories()).map((one) => [one.id, one.name]));
    for (const { id, name, offbudget } of await api.getAccounts()) {
      const transactions = await api.getTransactions(id, '1900-01-01', '2999-12-31');
      accounts.push({
        name,
        offbudget,
        balance: await api.getAccountBalance(id, new Date('2999-12-31')),
        transactions: transactions.map((one) => ({
          ...one,
          payee: payees.get(one.payee)?.name ?? null,
          category: categories.get(one.category) ?? null,
          transferTo: payees.get(one.payee)?.transfer_acct ?? null,
        })),
      });
    }
    return accounts;
  },
  /** Actual's own reader of files. */
  async parse() {
    await open();
    return lib.send('transactions-parse-file', { filepath: more.file, options: { hasHeaderRow: true } });
  },
  /** A person makes categories in a group. */
  async categories() {
    await open();
    const group = await api.createCategoryGroup({ name: more.group });
    for (const name of more.names) await api.createCategory({ name, group_id: group });
    return null;
  },
  /** A person changes a transaction. */
  async change() {
    await open();
    const fields = { ...more.fields };
    if (fields.payee_name) fields.payee = await api.createPayee({ name: fields.payee_name });
    delete fields.payee_name;
    await lib.send('transactions-batch-update', { updated: [{ id: more.id, ...fields }] });
    if (serverURL) await api.sync();
    return null;
  },
  /** A person enters a setup token, and links every account that the server lists. */
  async link() {
    await open();
    const set = await lib.send('secret-set', { name: 'simplefin_token', value: more.token });
    if (set?.error) throw new Error(`secret-set: ${set.error}`);
    const listed = await lib.send('simplefin-accounts');
    if (listed.error_code) throw new Error(`simplefin-accounts: ${listed.error_code} ${listed.reason ?? ''}`);
    for (const { id, name, org } of listed.accounts)
      await lib.send('simplefin-accounts-link', {
        externalAccount: { account_id: id, name, institution: org.name, orgDomain: org.domain, orgId: org.domain },
        startingDate: more.since,
      });
    await api.sync();
    return listed.accounts;
  },
  /** A person presses "Bank sync". */
  async pull() {
    await open();
    const names = new Map((await api.getAccounts()).map(({ id, name }) => [id, name]));
    const results = await lib.send('simplefin-batch-sync', { ids: [] });
    await api.sync();
    return results.map(({ accountId, res }) => ({
      account: names.get(accountId),
      errors: res.errors.map(({ code, category }) => code ?? category ?? 'unknown'),
      added: res.newTransactions.length,
      matched: res.matchedTransactions.length,
    }));
  },
  /** A person deletes a transaction, and enters another by hand. */
  async edit() {
    await open();
    const known = (await api.getAccounts()).find(({ name }) => name === more.account)?.id;
    const account = known ?? (await api.createAccount({ name: more.account }, 0));
    const isThere = async () =>
      (await api.getTransactions(account, '1900-01-01', '2999-12-31')).some(({ id }) => id === more.delete);
    if (more.delete) await api.deleteTransaction(more.delete);
    // The API resolves before the change is made.
    while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 20));
    if (more.enter) await api.addTransactions(account, [more.enter]);
    if (serverURL) await api.sync();
    return null;
  },
};

const answer = await ACTIONS[action]();
await api.shutdown();
process.stdout.write(`\n${JSON.stringify(answer ?? null)}\n`);
