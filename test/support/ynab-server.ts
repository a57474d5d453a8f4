/**
 * A server on loopback that behaves as YNAB's OpenAPI (1.83) and its error page say, with the plans, accounts and transactions
 * of one person. It refuses requests that violate the specification, in the words of the real service where they are known.
 */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIsoDate } from '../../src/model/dates.js';

export const YNAB_TOKEN = 'canary-token-5f1c';

export interface YnabTransaction {
  readonly id: string;
  readonly account_id: string;
  readonly date: string;
  readonly amount: number;
  readonly payee_name: string | null;
  readonly memo: string | null;
  readonly cleared: string;
  readonly approved: boolean;
  readonly import_id: string | null;
}

interface YnabAccount {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly opening: number;
  closed?: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface YnabServer {
  readonly url: string;
  readonly accounts: YnabAccount[];
  readonly transactions: YnabTransaction[];
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

export interface YnabOptions {
  readonly token?: string;
  readonly accounts?: readonly (Pick<YnabAccount, 'name' | 'type'> & { readonly closed?: boolean })[];
  readonly plans?: readonly string[];
  readonly currency?: string;
  readonly requestsPerHour?: number;
  readonly today?: string;
}

export async function startYnab(options: YnabOptions = {}): Promise<YnabServer> {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const plans = (options.plans ?? ['Family']).map((name) => ({
    id: randomUUID(),
    name,
    currency_format: { iso_code: options.currency ?? 'USD' },
  }));
  const accounts: YnabAccount[] = (options.accounts ?? []).map((one) => ({ id: randomUUID(), opening: 0, ...one }));
  const transactions: YnabTransaction[] = [];
  const requests: string[] = [];
  const instead: YnabServer['instead'] = [];
  const balance = (id: string) =>
    transactions
      .filter((one) => one.account_id === id)
      .reduce((sum, { amount }) => sum + amount, accounts.find((one) => one.id === id)?.opening ?? 0);
  const accountJson = ({ id, name, type, closed = false }: YnabAccount) => ({
    ...{ id, name, type, closed, on_budget: type !== 'otherAsset', deleted: false, transfer_payee_id: randomUUID() },
    ...{ balance: balance(id), cleared_balance: balance(id), uncleared_balance: 0 },
  });

  const answer = (method: string, path: string, body: unknown): Answer => {
    if (method === 'GET' && path === '/v1/plans') return ok({ plans });
    const [, id, rest] = /^\/v1\/plans\/([^/]+)\/(\w+)$/.exec(path) ?? [];
    if (!plans.some((plan) => plan.id === id)) return failure(404, 'resource_not_found', 'Resource not found');
    if (method === 'GET' && rest === 'accounts')
      return ok({ accounts: accounts.map(accountJson), server_knowledge: 1 });
    if (method === 'POST' && rest === 'accounts') {
      const made = newAccount(body);
      if (typeof made === 'string') return failure(400, 'bad_request', made);
      accounts.push(made);
      return { status: 201, body: { data: { account: accountJson(made), server_knowledge: 1 } } };
    }
    if (method === 'POST' && rest === 'transactions') return addTransactions(body);
    return failure(404, 'not_found', 'not found');
  };

  const addTransactions = (body: unknown): Answer => {
    if (!isRecord(body)) return failure(400, 'bad_request', 'body is not an object');
    const { transactions: list, transaction: single, ...strange } = body;
    if (Object.keys(strange).length > 0 || (list === undefined) === (single === undefined))
      return failure(400, 'bad_request', 'either transaction or transactions');
    const all: unknown[] = Array.isArray(list) ? list : [single];
    const wrong = all.flatMap((one, index) =>
      complaintsAbout(one, accounts, today).map((text) => `${text} (index: ${index})`),
    );
    if (wrong.length > 0) return failure(400, 'bad_request', wrong.join(', '));
    const saved: YnabTransaction[] = [];
    const duplicates: string[] = [];
    for (const one of all.filter(isRecord)) {
      const entry = entryOf(one);
      const known = [...transactions, ...saved].some(
        (other) =>
          entry.import_id !== null && other.import_id === entry.import_id && other.account_id === entry.account_id,
      );
      if (known && single !== undefined) return failure(409, 'conflict', 'import_id already exists');
      if (known) duplicates.push(entry.import_id ?? '');
      else saved.push(entry);
    }
    transactions.push(...saved);
    const ids = saved.map(({ id }) => id);
    const details = saved.map((one) => ({ ...one, deleted: false, account_name: '', subtransactions: [] }));
    return {
      status: 201,
      body: {
        data: { transaction_ids: ids, transactions: details, duplicate_import_ids: duplicates, server_knowledge: 2 },
      },
    };
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
    if (isPost && !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
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
    ...{ url: `http://127.0.0.1:${address.port}/v1`, accounts, transactions, requests, instead, balance },
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

function newAccount(body: unknown): YnabAccount | string {
  const account = isRecord(body) ? body['account'] : null;
  if (!isRecord(account) || Object.keys(account).toSorted().join() !== 'balance,name,type')
    return 'account is malformed';
  const { name, type, balance } = account;
  if (typeof name !== 'string' || name === '') return 'name is missing';
  if (typeof balance !== 'number' || !Number.isSafeInteger(balance)) return 'balance is not an integer';
  if (typeof type !== 'string' || !SAVE_ACCOUNT_TYPES.includes(type)) return `type ${String(type)} is not supported`;
  return { id: randomUUID(), name, type, opening: balance };
}

const SAVE_ACCOUNT_TYPES = ['checking', 'savings', 'cash', 'creditCard', 'otherAsset', 'otherLiability'];

const FIELDS = [
  ...['account_id', 'date', 'amount', 'payee_id', 'payee_name', 'category_id', 'memo', 'cleared', 'approved'],
  ...['flag_color', 'subtransactions', 'import_id'],
];

/** Returns the violations of the specification in a NewTransaction. */
function complaintsAbout(one: unknown, accounts: readonly YnabAccount[], today: string): string[] {
  if (!isRecord(one)) return ['not an object'];
  const { account_id, date, amount, payee_name, memo, cleared, approved, import_id } = one;
  const isText = (value: unknown, longest: number) =>
    value === undefined || (typeof value === 'string' && [...value].length <= longest);
  const oldest = `${Number(today.slice(0, 4)) - 5}${today.slice(4)}`;
  const rules: readonly (readonly [boolean, string])[] = [
    [Object.keys(one).every((key) => FIELDS.includes(key)), 'unknown field'],
    [accounts.some(({ id, closed }) => id === account_id && closed !== true), 'account_id is unknown'],
    [typeof date === 'string' && isIsoDate(date), 'date is invalid'],
    [typeof date === 'string' && date <= today && date >= oldest, 'date must not be in the future or over 5 years ago'],
    [typeof amount === 'number' && Number.isSafeInteger(amount), 'amount is not an integer'],
    [isText(payee_name, 200), 'payee_name is too long (maximum is 200 characters)'],
    [isText(memo, 500), 'memo is too long (maximum is 500 characters)'],
    [isText(import_id, 36), 'import_id is too long (maximum is 36 characters)'],
    [cleared === undefined || ['cleared', 'uncleared', 'reconciled'].includes(String(cleared)), 'cleared is invalid'],
    [approved === undefined || typeof approved === 'boolean', 'approved is invalid'],
  ];
  return rules.flatMap(([holds, text]) => (holds ? [] : [text]));
}

function entryOf(one: Record<string, unknown>): YnabTransaction {
  const text = (key: string) => (typeof one[key] === 'string' ? one[key] : null);
  return {
    id: randomUUID(),
    account_id: text('account_id') ?? '',
    date: text('date') ?? '',
    amount: Number(one['amount']),
    payee_name: text('payee_name'),
    memo: text('memo'),
    cleared: text('cleared') ?? 'uncleared',
    approved: one['approved'] === true,
    import_id: text('import_id'),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
