/** `ofx-sync serve token new|list|revoke`: tokens are printed once, and kept as digests. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import { accountKey } from '../../model/account.js';
import { didYouMean } from '../../model/nearest.js';
import { shellWord } from '../../model/shell-word.js';
import { accessUrl } from '../../serve/routes.js';
import { newSecret, secretText } from '../../serve/secrets.js';
import { DEFAULT_LISTEN, parsePublicUrl, SIMPLEFIN_PATH } from '../../serve/settings.js';
import { STORE_FILE } from '../../store/folder.js';
import { openStore } from '../../store/open.js';
import { type NewToken, openTokens, type Scope, type Token, type Tokens } from '../../store/serving/tokens.js';
import { chosenAccounts } from '../../sync/plan.js';
import { STEPS } from '../command/action.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dataDirOf, dayOption, flagOf, textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { SERVER_OPTION_NAMES } from '../command/serve-options.js';
import { visible } from '../terminal/escape.js';
import { writeLines } from '../terminal/io.js';
import { table, widthOf } from '../terminal/table.js';
import { momentText } from '../terminal/time-format.js';

/** Time in which a token can be claimed. */
const CLAIM_MS = 86_400_000;

/** @param invocation with the words after `token` */
export async function tokenCommand(invocation: Invocation): Promise<number> {
  const [word = 'list', name, ...more] = invocation.words;
  const step = STEPS.serve.find((one) => one === word);
  if (step === undefined)
    throw new UsageError(
      `serve token takes ${STEPS.serve.join(', ')}, not ${JSON.stringify(word)}`,
      didYouMean(word, STEPS.serve, 'See: ofx-sync serve --help', 'ofx-sync serve token '),
    );
  refuseServerOptions(invocation);
  if (step === 'list') {
    if (name !== undefined) throw new UsageError('serve token list takes no name', 'See: ofx-sync serve --help');
    return list(invocation);
  }
  if (name === undefined || more.length > 0)
    throw new UsageError(`serve token ${step} takes one name`, `Such as: ofx-sync serve token ${step} phone`);
  return step === 'new' ? make(nameOf(name), invocation) : revoke(name, invocation);
}

function nameOf(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(name)) return name;
  throw new UsageError(
    'the name of a token has letters, digits, dots, dashes and underscores',
    'Such as: ofx-sync serve token new phone',
  );
}

async function make(name: string, invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const kind = options['page'] === true ? 'page' : 'reader';
  const isClaimed = options['accessUrl'] === true;
  if (kind === 'page' && isClaimed)
    throw new UsageError('--page and --access-url exclude each other', 'A page token is typed into the page.');
  const scope = await scopeOf(invocation);
  const dataDir = dataDirOf(invocation);
  (await openStore(dataDir)).close();
  const tokens = openTokens(dataDir);
  try {
    const url = urlOf(invocation, tokens);
    const { presented, kept } = newSecret();
    const createdAt = io.now();
    const token: NewToken = {
      name,
      kind,
      scope,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + CLAIM_MS),
      setup: kept,
    };
    if (!(await tokens.add(token))) throw alreadyThere(name);
    const setup = secretText(presented);
    if (kind === 'page') await printNew({ token, form: 'pageToken', text: setup, url }, invocation);
    else if (isClaimed) {
      const text = await claimed(tokens, { presented, url, createdAt });
      await printNew({ token, form: 'accessUrl', text, url }, invocation);
    } else {
      const text = Buffer.from(`${url}${SIMPLEFIN_PATH}/claim/${setup}`).toString('base64');
      await printNew({ token, form: 'setupToken', text, url }, invocation);
    }
    return EXIT.ok;
  } finally {
    tokens.close();
  }
}

async function claimed(
  tokens: Tokens,
  { presented, url, createdAt }: { presented: { id: string }; url: string; createdAt: Date },
): Promise<string> {
  const access = newSecret();
  await tokens.claim(presented.id, access.kept, createdAt);
  return accessUrl(url, access.presented);
}

function alreadyThere(name: string): UsageError {
  return new UsageError(
    `a token named ${JSON.stringify(name)} exists already`,
    `Choose another name, or revoke it first: ofx-sync serve token revoke ${shellWord(name)}`,
  );
}

interface Printed {
  readonly token: NewToken;
  readonly form: 'setupToken' | 'accessUrl' | 'pageToken';
  readonly text: string;
  readonly url: string;
}

const NEXT: Readonly<Record<Printed['form'], string>> = {
  setupToken: 'Paste it into the program within 24 hours. It works once, and is not shown again.',
  accessUrl: 'It is user name and password in one, and is not shown again. Whoever has it can read these accounts.',
  pageToken: 'Type it into the page within 24 hours. It works once, in one browser, and is not shown again.',
};

async function printNew({ token, form, text, url }: Printed, invocation: Invocation): Promise<void> {
  const { io, options } = invocation;
  const { name, kind, scope, expiresAt } = token;
  await printResult(invocation, {
    json: {
      version: 1,
      name,
      kind,
      ...scopeJson(scope),
      [form]: text,
      url,
      expiresAt: form === 'accessUrl' ? null : expiresAt.toISOString(),
    },
    text: [text],
    quiet: [text],
  });
  if (options.quiet === true || options.json === true) return;
  const where = form === 'pageToken' ? [`The page: ${visible(url)}/`] : [];
  await writeLines(io.stderr, [...where, NEXT[form], `It reads ${scopeText(scope)}.`]);
}

async function scopeOf(invocation: Invocation): Promise<Scope> {
  const names = textOption(invocation, 'accounts')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const since = dayOption(invocation, 'since') ?? null;
  if (names === undefined) return { accounts: null, since };
  if (names.length === 0) throw new UsageError('--accounts takes names, such as river,summit/card');
  const { config } = await configToRead(invocation);
  return { accounts: chosenAccounts(config, names).map(({ institution, name }) => ({ institution, name })), since };
}

/** Returns the address by which programs reach the server: the one given, else that of its last start. */
function urlOf(invocation: Invocation, tokens: Tokens): string {
  const given = textOption(invocation, 'publicUrl');
  return given === undefined ? (tokens.url() ?? `http://${DEFAULT_LISTEN}`) : parsePublicUrl(given);
}

async function list(invocation: Invocation): Promise<number> {
  const now = invocation.io.now();
  const all = (await withTokens(invocation, (tokens) => tokens.list())) ?? [];
  const rows = all.map((token) => [
    visible(token.name),
    token.kind,
    stateText(token, now),
    token.lastUsedAt === null ? 'never' : momentText(token.lastUsedAt),
    visible(scopeText(token.scope)),
  ]);
  await printResult(invocation, {
    json: { version: 1, tokens: all.map((token) => tokenJson(token, now)) },
    text:
      all.length === 0
        ? ['no tokens; to make one: ofx-sync serve token new NAME']
        : table([['NAME', 'KIND', 'STATE', 'LAST USE', 'READS'], ...rows], COLUMNS, widthOf(invocation.io.stdout)),
  });
  return EXIT.ok;
}

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'left' },
  { align: 'left' },
  { align: 'left' },
  { align: 'left', flexible: true },
] as const;

function stateOf({ claimedAt, expiresAt }: Token, now: Date): 'claimed' | 'unclaimed' | 'expired' {
  if (claimedAt !== null) return 'claimed';
  return expiresAt !== null && Date.parse(expiresAt) > now.getTime() ? 'unclaimed' : 'expired';
}

function stateText(token: Token, now: Date): string {
  const state = stateOf(token, now);
  return state === 'unclaimed' && token.expiresAt !== null ? `unclaimed until ${momentText(token.expiresAt)}` : state;
}

function tokenJson(token: Token, now: Date): object {
  const { name, kind, scope, createdAt, expiresAt, claimedAt, lastUsedAt } = token;
  return { name, kind, state: stateOf(token, now), ...scopeJson(scope), createdAt, expiresAt, claimedAt, lastUsedAt };
}

function scopeJson({ accounts, since }: Scope): object {
  return { accounts: accounts?.map(accountKey) ?? null, since };
}

function scopeText({ accounts, since }: Scope): string {
  const which = accounts === null ? 'all accounts' : accounts.map(accountKey).join(', ') || 'no account';
  return since === null ? which : `${which} since ${since}`;
}

async function revoke(name: string, invocation: Invocation): Promise<number> {
  const done = await withTokens(invocation, async (tokens) => {
    if (await tokens.revoke(name)) return true;
    throw unknownToken(name, tokens.list());
  });
  if (done === null) throw unknownToken(name, []);
  await printResult(invocation, { json: { version: 1, revoked: name }, text: [`revoked: ${visible(name)}`] });
  return EXIT.ok;
}

function unknownToken(name: string, all: readonly Token[]): UsageError {
  const names = all.map((token) => token.name);
  const known = names.length === 0 ? 'There are no tokens.' : `There are: ${names.join(', ')}`;
  return new UsageError(`no token is named ${JSON.stringify(name)}`, didYouMean(name, names, known));
}

/** Runs a task with the tokens; `null` before there is a store. */
async function withTokens<Result>(
  invocation: Invocation,
  task: (tokens: Tokens) => Promise<Result> | Result,
): Promise<Result | null> {
  const dataDir = dataDirOf(invocation);
  if (!existsSync(join(dataDir, STORE_FILE))) return null;
  // Upgrades the tables.
  (await openStore(dataDir, { readOnly: true })).close();
  const tokens = openTokens(dataDir);
  try {
    return await task(tokens);
  } finally {
    tokens.close();
  }
}

/** A token takes the public address, too. */
const OF_SERVER = [...SERVER_OPTION_NAMES.filter((name) => name !== 'publicUrl'), 'every', 'spread'];

function refuseServerOptions({ options }: Invocation): void {
  const given = OF_SERVER.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new UsageError(`${flagOf(given)} belongs to the server`, 'See: ofx-sync serve --help');
}
