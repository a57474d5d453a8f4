/**
 * Readers that are as strict as two programs that cannot run here. Each is written from the program's published code, and named
 * with the file that it follows; none of that code is copied. Both throw where the program would fail.
 */

export class ReaderError extends Error {}

function fail(message: string): never {
  throw new ReaderError(message);
}

type Json = Readonly<Record<string, unknown>>;

function objectOf(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(`${what} is not an object`);
  return value as Json;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(`${what} is not a list`);
}

function textOf(value: unknown, what: string): string {
  return typeof value === 'string' ? value : fail(`${what} is not a text`);
}

function instantOf(value: unknown, what: string): Date {
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? new Date(value * 1000)
    : fail(`${what} is not seconds`);
}

// ── Firefly III, data importer: app/Services/SimpleFIN ───────────────────────────────────────────────────────────

/** isBase64ClaimUrl of SimpleFINService: the path must be /simplefin/claim/, on any host. */
export function fireflyClaimUrl(setupToken: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(setupToken)) return fail('not Base64');
  const url = Buffer.from(setupToken, 'base64').toString('utf8');
  return /^https?:\/\/.+\/simplefin\/claim\/.+$/.test(url) ? url : fail(`not a claim URL: ${url}`);
}

export interface FireflyTransaction {
  readonly id: string;
  readonly date: string;
  readonly bookDate: string | null;
  /** As bcmath reads it: digits, without an exponent. */
  readonly amount: string;
  readonly category: string | null;
}

export interface FireflyAccount {
  readonly id: string;
  readonly name: string;
  readonly balance: string;
  readonly currency: string;
  readonly transactions: readonly FireflyTransaction[];
}

/** Model/Account and Model/Transaction, and TransactionTransformer. */
export function readAsFirefly(body: unknown): readonly FireflyAccount[] {
  return listOf(objectOf(body, 'the answer')['accounts'], 'accounts').map((value) => {
    const account = objectOf(value, 'an account');
    for (const key of ['org', 'id', 'name', 'currency', 'balance', 'balance-date'])
      if (!Object.hasOwn(account, key)) fail(`Missing required field: ${key}`);
    const org = objectOf(account['org'], 'org');
    // It names one of both in its message, and wants both.
    for (const key of ['sfin-url', 'domain', 'name']) if (org[key] == null) fail(`org has no ${key}`);
    if (typeof account['balance-date'] !== 'number') fail('Balance date must be a numeric timestamp');
    const available = account['available-balance'];
    if (available != null) textOf(available, 'available-balance');
    const currency = textOf(account['currency'], 'currency');
    return {
      id: textOf(account['id'], 'id'),
      name: textOf(account['name'], 'name'),
      balance: textOf(account['balance'], 'balance'),
      currency: currency.length === 3 ? currency.toUpperCase() : 'XXX',
      transactions: listOf(account['transactions'] ?? [], 'transactions').map(fireflyTransaction),
    };
  });
}

function fireflyTransaction(value: unknown): FireflyTransaction {
  const one = objectOf(value, 'a transaction');
  for (const key of ['id', 'posted', 'amount', 'description'])
    if (!Object.hasOwn(one, key)) fail(`Missing required field: ${key}`);
  const amount = textOf(one['amount'], 'amount');
  if (!/^-?\d+(?:\.\d+)?$/.test(amount)) fail(`Amount must be a numeric string: ${amount}`);
  if (Object.hasOwn(one, 'transacted_at') && typeof one['transacted_at'] !== 'number')
    fail('Transacted at must be numeric');
  if (Object.hasOwn(one, 'pending') && typeof one['pending'] !== 'boolean') fail('Pending must be a boolean');
  const extra = one['extra'] === undefined ? {} : objectOf(one['extra'], 'extra');
  const posted = instantOf(one['posted'], 'posted');
  const transacted = one['transacted_at'] === undefined ? posted : instantOf(one['transacted_at'], 'transacted_at');
  const category = extra['category'];
  return {
    id: textOf(one['id'], 'id'),
    date: transacted.toISOString().slice(0, 10),
    bookDate: posted.getTime() === 0 ? null : posted.toISOString().slice(0, 10),
    amount,
    category: typeof category === 'string' && category !== '' ? category : null,
  };
}

// ── Home Assistant: components/simplefin, with simplefin4py/model.py ─────────────────────────────────────────────

export interface HomeAssistantAccount {
  readonly uniqueId: string;
  readonly device: string;
  readonly name: string;
  readonly balance: string;
  readonly unit: string;
  readonly lastUpdate: Date;
  readonly hasProblem: boolean;
}

/** claim_setup_token: whatever does not begin with http is Base64 of a claim URL. */
export function homeAssistantClaimUrl(setupToken: string): string {
  if (setupToken.startsWith('http')) return fail('taken for an access URL');
  return Buffer.from(setupToken, 'base64').toString('utf8');
}

/** decode_access_url: cuts at the first // and the first @, then at the first colon. */
export function homeAssistantAccess(accessUrl: string): {
  readonly url: string;
  readonly user: string;
  readonly password: string;
} {
  const [scheme, rest] = cut(accessUrl, '//');
  const [auth, place] = cut(rest, '@');
  const [user, password] = cut(auth, ':');
  return { url: `${scheme}//${place}/accounts`, user, password };
}

function cut(text: string, at: string): readonly [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? fail(`no ${at}`) : [text.slice(0, index), text.slice(index + at.length)];
}

/** Its data classes have no default for most members: a key that is missing ends the reading of everything. */
const MEMBERS = {
  organisation: [['domain'], ['sfin-url', 'sfin_url']],
  transaction: [['id'], ['posted'], ['amount'], ['description'], ['payee'], ['memo'], ['transacted_at']],
  holding: [
    ['id'],
    ['created'],
    ['currency'],
    ['cost-basis', 'cost_basis'],
    ['description'],
    ['market-value', 'market_value'],
    ['purchase-price', 'purchase_price'],
    ['shares'],
    ['symbol'],
  ],
  account: [
    ['org'],
    ['id'],
    ['name'],
    ['currency'],
    ['balance'],
    ['available-balance', 'available_balance'],
    ['balance-date', 'balance_date'],
    ['transactions'],
  ],
} as const;

function wanted(value: unknown, kind: keyof typeof MEMBERS): Json {
  const object = objectOf(value, kind);
  for (const spellings of MEMBERS[kind])
    if (!spellings.some((key) => Object.hasOwn(object, key))) fail(`KeyError: ${spellings[0]} of ${kind}`);
  return object;
}

export function readAsHomeAssistant(body: unknown): readonly HomeAssistantAccount[] {
  const data = objectOf(body, 'the answer');
  const inError = listOf(data['errors'], 'errors').map((text) =>
    textOf(text, 'an error').replaceAll('Connection to ', '').replaceAll(' may need attention', ''),
  );
  return listOf(data['accounts'], 'accounts').map((value) => {
    const account = wanted(value, 'account');
    const org = wanted(account['org'], 'organisation');
    for (const one of listOf(account['transactions'], 'transactions')) {
      const transaction = wanted(one, 'transaction');
      instantOf(transaction['posted'], 'posted');
      instantOf(transaction['transacted_at'], 'transacted_at');
    }
    for (const one of listOf(account['holdings'] ?? [], 'holdings'))
      instantOf(wanted(one, 'holding')['created'], 'created');
    const id = textOf(account['id'], 'id');
    return {
      uniqueId: `account_${id}_balance`.toLowerCase(),
      device: textOf(org['domain'], 'domain'),
      name: textOf(account['name'], 'name'),
      balance: textOf(account['balance'], 'balance'),
      unit: textOf(account['currency'], 'currency'),
      lastUpdate: instantOf(account['balance-date'], 'balance-date'),
      hasProblem: inError.includes(textOf(org['name'] ?? '', 'name')),
    };
  });
}
