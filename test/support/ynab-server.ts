/**
 * A server on loopback that behaves as YNAB's OpenAPI (1.83) and its error page say, with the plans, accounts and transactions
 * of one person. It refuses requests that violate the specification, in the words of the real service where they are known.
 */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type BudgetOptions,
  complaintsAbout,
  newAccountOf,
  type YnabAccount,
  YnabBudget,
  type YnabCategory,
  type YnabTransaction,
} from './ynab-budget.js';

export type { YnabTransaction } from './ynab-budget.js';

export const YNAB_TOKEN = 'canary-token-5f1c';

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface YnabServer {
  readonly url: string;
  readonly accounts: YnabAccount[];
  readonly transactions: YnabTransaction[];
  readonly categories: YnabCategory[];
  /** For what a person does in the budget. */
  readonly budget: YnabBudget;
  /** The day of the server. */
  today: string;
  /** `METHOD path`, in the order of arrival. */
  readonly requests: string[];
  /** Replies to POSTs of transactions instead of the real ones, each used once. */
  readonly instead: (Answer | 'cut' | 'cut-after')[];
  /** Called after transactions were added and before the reply. */
  onAdded: () => Promise<void> | void;
  /** Milliunits. */
  balance(account: string): number;
  close(): Promise<void>;
}

export interface YnabOptions extends BudgetOptions {
  readonly token?: string;
  readonly plans?: readonly string[];
  readonly currency?: string;
  readonly requestsPerHour?: number;
  readonly today?: string;
}

export async function startYnab(options: YnabOptions = {}): Promise<YnabServer> {
  const plans = (options.plans ?? ['Family']).map((name) => ({
    id: randomUUID(),
    name,
    currency_format: { iso_code: options.currency ?? 'USD' },
  }));
  const budget = new YnabBudget(options);
  const requests: string[] = [];
  const instead: YnabServer['instead'] = [];

  const answer = (method: string, url: string, body: unknown): Answer => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (method === 'GET' && pathname === '/v1/plans') return ok({ plans });
    const [, id, rest = ''] = /^\/v1\/plans\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
    if (!plans.some((plan) => plan.id === id)) return failure(404, 'resource_not_found', 'Resource not found');
    if (method === 'GET') return read(budget, rest, searchParams.get('since_date'));
    const request = { budget, today: result.today, body };
    if (method === 'POST' && rest === 'accounts') return addAccount(request);
    if (method === 'POST' && rest === 'transactions') return addTransactions(request);
    if (method === 'POST' && rest === 'category_groups') return addGroup(request);
    if (method === 'POST' && rest === 'categories') return addCategory(request);
    if (method === 'PATCH' && rest === 'transactions') return changeTransactions(request);
    const [, one] = /^transactions\/([^/]+)$/.exec(rest) ?? [];
    if (method === 'PUT' && one !== undefined) return changeTransaction(one, request);
    return failure(404, 'not_found', 'not found');
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const path = request.url ?? '';
    requests.push(`${request.method} ${path}`);
    const send = ({ status, body, headers = {} }: Answer) => {
      response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${options.token ?? YNAB_TOKEN}`)
      return send(failure(401, 'unauthorized', 'Unauthorized'));
    if (requests.length > (options.requestsPerHour ?? 200))
      return send(failure(429, 'too_many_requests', 'Too many requests'));
    const isPost = request.method === 'POST';
    if (request.method !== 'GET' && !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      return send(failure(400, 'bad_request', 'wrong content type'));
    const text = await textOf(request);
    const planned = isPost && path.endsWith('/transactions') ? instead.shift() : undefined;
    if (planned === 'cut') return request.socket.destroy();
    if (planned !== undefined && planned !== 'cut-after') return send(planned);
    const reply = answer(request.method ?? '', path, text === '' ? null : JSON.parse(text));
    if (isPost && path.endsWith('/transactions')) await result.onAdded();
    if (planned === 'cut-after') return request.socket.destroy();
    return send(reply);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const result: YnabServer = {
    ...{ url: `http://127.0.0.1:${address.port}/v1`, requests, instead, budget },
    ...{ accounts: budget.accounts, transactions: budget.transactions, categories: budget.categories },
    today: options.today ?? new Date().toISOString().slice(0, 10),
    balance: (account) => budget.balance(account),
    onAdded: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return result;
}

/** A reply with an error. */
export function failure(status: number, name: string, detail: string, headers: Record<string, string> = {}): Answer {
  return { status, body: { error: { id: String(status), name, detail } }, headers };
}

function ok(data: unknown): Answer {
  return { status: 200, body: { data } };
}

interface Request {
  readonly budget: YnabBudget;
  readonly today: string;
  readonly body: unknown;
}

function read(budget: YnabBudget, rest: string, since: string | null): Answer {
  const from = (list: readonly YnabTransaction[]) =>
    ok({ transactions: list.filter(({ date }) => since === null || date >= since).map(detail), server_knowledge: 1 });
  if (rest === 'accounts')
    return ok({ accounts: budget.accounts.map((one) => accountJson(one, budget)), server_knowledge: 1 });
  if (rest === 'transactions') return from(budget.transactions);
  if (rest === 'categories') {
    const category_groups = budget.groups().map(({ id, name, categories }) => ({
      ...{ id, name, hidden: false, deleted: false },
      categories: categories.map((one) => categoryJson(one)),
    }));
    return ok({ category_groups, server_knowledge: 1 });
  }
  const [, id = '', list] = /^accounts\/([^/]+)(\/transactions)?$/.exec(rest) ?? [];
  const account = budget.account(id);
  if (account === undefined) return failure(404, 'resource_not_found', 'Resource not found');
  if (list === undefined) return ok({ account: accountJson(account, budget) });
  return from(budget.transactions.filter((one) => one.account_id === id));
}

function accountJson(account: YnabAccount, budget: YnabBudget): object {
  const { id, name, type, closed = false, on_budget, transfer_payee_id } = account;
  const balance = budget.balance(id);
  return {
    ...{ id, name, type, closed, on_budget, deleted: false, transfer_payee_id },
    ...{ balance, cleared_balance: balance, uncleared_balance: 0 },
  };
}

function categoryJson({ id, name, group, hidden = false }: YnabCategory): object {
  return {
    id,
    name,
    category_group_id: `group ${group}`,
    hidden,
    deleted: false,
    budgeted: 0,
    activity: 0,
    balance: 0,
  };
}

function detail(one: YnabTransaction): object {
  return { ...one, deleted: false, account_name: '', subtransactions: [] };
}

function addAccount({ budget, body }: Request): Answer {
  const account = isRecord(body) ? body['account'] : null;
  const bad = (text: string) => failure(400, 'bad_request', text);
  if (!isRecord(account) || Object.keys(account).toSorted().join() !== 'balance,name,type')
    return bad('account is malformed');
  const { name, type, balance } = account;
  if (typeof name !== 'string' || name === '') return bad('name is missing');
  if (typeof balance !== 'number' || !Number.isSafeInteger(balance)) return bad('balance is not an integer');
  if (typeof type !== 'string' || !SAVE_ACCOUNT_TYPES.includes(type))
    return bad(`type ${String(type)} is not supported`);
  const made = newAccountOf({ name, type, opening: balance });
  budget.accounts.push(made);
  return created({ account: accountJson(made, budget), server_knowledge: 1 });
}

const SAVE_ACCOUNT_TYPES = ['checking', 'savings', 'cash', 'creditCard', 'otherAsset', 'otherLiability'];

function addTransactions({ budget, today, body }: Request): Answer {
  if (!isRecord(body)) return failure(400, 'bad_request', 'body is not an object');
  const { transactions: list, transaction: single, ...strange } = body;
  if (Object.keys(strange).length > 0 || (list === undefined) === (single === undefined))
    return failure(400, 'bad_request', 'either transaction or transactions');
  const all: unknown[] = Array.isArray(list) ? list : [single];
  const wrong = all.flatMap((one, index) =>
    (isRecord(one) ? complaintsAbout(one, budget, { today }) : ['not an object']).map(
      (text) => `${text} (index: ${index})`,
    ),
  );
  if (wrong.length > 0) return failure(400, 'bad_request', wrong.join(', '));
  const saved: YnabTransaction[] = [];
  const duplicates: string[] = [];
  for (const one of all.filter(isRecord)) {
    const importId = typeof one['import_id'] === 'string' ? one['import_id'] : null;
    const known = importId !== null && budget.has({ account_id: String(one['account_id']), import_id: importId });
    if (known && single !== undefined) return failure(409, 'conflict', 'import_id already exists');
    if (known) duplicates.push(importId);
    else saved.push(budget.add(one));
  }
  const ids = saved.map(({ id }) => id);
  const data = { transaction_ids: ids, transactions: saved.map(detail), duplicate_import_ids: duplicates };
  return created({ ...data, server_knowledge: 2 });
}

/** By id, or by an import id. */
function changeTransactions({ budget, today, body }: Request): Answer {
  const list: unknown[] = isRecord(body) && Array.isArray(body['transactions']) ? body['transactions'] : [];
  if (list.length === 0) return failure(400, 'bad_request', 'transactions are missing');
  const changes = list.filter(isRecord).map(({ id, ...fields }) => {
    const former = budget.transactions.find((one) => one.id === id);
    return {
      former,
      fields,
      wrong: former === undefined ? ['id is unknown'] : complaintsAbout(fields, budget, { today, former }),
    };
  });
  const wrong = changes.flatMap((one, index) => one.wrong.map((text) => `${text} (index: ${index})`));
  if (wrong.length > 0) return failure(400, 'bad_request', wrong.join(', '));
  for (const { former, fields } of changes) if (former !== undefined) budget.update(former, fields);
  const saved = changes.flatMap(({ former }) => former ?? []);
  const data = { transaction_ids: saved.map(({ id }) => id), transactions: saved.map(detail), server_knowledge: 3 };
  return { status: 209, body: { data } };
}

function changeTransaction(id: string, { budget, today, body }: Request): Answer {
  const former = budget.transactions.find((one) => one.id === id);
  const fields = isRecord(body) ? body['transaction'] : null;
  if (former === undefined || !isRecord(fields)) return failure(404, 'resource_not_found', 'Resource not found');
  const wrong = complaintsAbout(fields, budget, { today, former });
  if (wrong.length > 0) return failure(400, 'bad_request', wrong.join(', '));
  budget.update(former, fields);
  return ok({ transaction: detail(former), server_knowledge: 3 });
}

function addGroup({ budget, body }: Request): Answer {
  const group = isRecord(body) ? body['category_group'] : null;
  const name = isRecord(group) ? group['name'] : null;
  if (typeof name !== 'string' || name === '' || name.length > 50)
    return failure(400, 'bad_request', 'name must be a maximum of 50 characters');
  budget.categories.push({ id: randomUUID(), name: '', group: name });
  return created({ category_group: { id: `group ${name}`, name, hidden: false, deleted: false }, server_knowledge: 4 });
}

function addCategory({ budget, body }: Request): Answer {
  const category = isRecord(body) ? body['category'] : null;
  if (!isRecord(category)) return failure(400, 'bad_request', 'category is missing');
  const { name, category_group_id: groupId } = category;
  const group = budget.groups().find(({ id }) => id === groupId);
  if (typeof name !== 'string' || name === '' || group === undefined)
    return failure(400, 'bad_request', 'name or category_group_id is invalid');
  const made = { id: randomUUID(), name, group: group.name };
  budget.categories.push(made);
  return created({ category: categoryJson(made), server_knowledge: 4 });
}

function created(data: unknown): Answer {
  return { status: 201, body: { data } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
