/** The thread that masks or reads one large reply, and what it sends back. */

import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { type ErrorCode, toOfxSyncError } from '../errors.js';
import { Secret } from '../model/secret.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile, Signon } from '../ofx/file.js';
import { readOfx } from '../ofx/read.js';
import type { Origin } from '../ofx/unpack/identify.js';
import { maskEchoes } from '../ofx/write/echo.js';
import { tokenText } from '../ofx/write/request.js';

export type LargeReplyTask =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly origin: Origin }
  | { readonly kind: 'mask'; readonly bytes: Uint8Array; readonly values: readonly string[] };

const TOKENS = ['sessionCookie', 'accessKey', 'userKey'] as const;
type Tokens = Readonly<Partial<Record<(typeof TOKENS)[number], string>>>;

/** Items of a long list of a statement; the thread waits for an answer before it sends more. */
export interface LargeReplyPart {
  readonly statement: number;
  readonly transactions: Statement['transactions'];
  readonly positions: Statement['positions'];
  readonly securities: Statement['securities'];
}

export type LargeReplyResult =
  | { readonly file: OfxFile; readonly tokens: Tokens }
  | { readonly body: Uint8Array; readonly packed: Uint8Array }
  | { readonly part: LargeReplyPart }
  | { readonly refusal: { readonly code: ErrorCode; readonly message: string; readonly hint: string } };

/** Puts back the tokens, which as secrets do not pass from one thread to another. */
export function fileWithTokens(file: OfxFile, tokens: Tokens): OfxFile {
  const { signon } = file;
  if (signon === null) return file;
  const entries = TOKENS.map((name) => [name, tokens[name] === undefined ? null : new Secret(tokens[name])] as const);
  return { ...file, signon: { ...signon, ...Object.fromEntries(entries) } };
}

function tokensOf(signon: Signon | null): Tokens {
  return Object.fromEntries(
    TOKENS.flatMap((name) => {
      const token = signon?.[name] ?? null;
      return token === null ? [] : [[name, tokenText(token)]];
    }),
  );
}

/** Most items in a message: it is copied while nothing else can run. */
const ITEMS = 2_000;

/** Sends the long lists of the statements. @returns the file without them */
async function withoutLongLists(file: OfxFile, port: MessagePort): Promise<OfxFile> {
  for (const [statement, { transactions, positions, securities }] of file.statements.entries()) {
    const longest = Math.max(transactions.length, positions.length, securities.length);
    if (longest <= ITEMS) continue;
    for (let from = 0; from < longest; from += ITEMS) {
      const until = from + ITEMS;
      const part: LargeReplyPart = {
        statement,
        transactions: transactions.slice(from, until),
        positions: positions.slice(from, until),
        securities: securities.slice(from, until),
      };
      const taken = once(port, 'message');
      port.postMessage({ part });
      await taken;
    }
  }
  return { ...file, statements: file.statements.map(shortened) };
}

function shortened(statement: Statement): Statement {
  const { transactions, positions, securities } = statement;
  const isLong = Math.max(transactions.length, positions.length, securities.length) > ITEMS;
  return isLong ? { ...statement, transactions: [], positions: [], securities: [] } : statement;
}

function withoutTokens(file: OfxFile): OfxFile {
  const { signon } = file;
  return signon === null
    ? file
    : { ...file, signon: { ...signon, sessionCookie: null, accessKey: null, userKey: null } };
}

async function resultOf(task: LargeReplyTask, port: MessagePort): Promise<LargeReplyResult> {
  if (task.kind === 'mask') {
    const body = maskEchoes(task.bytes, task.values);
    return { body, packed: deflateSync(body) };
  }
  try {
    const file = await readOfx(task.bytes, undefined, task.origin);
    return { file: await withoutLongLists(withoutTokens(file), port), tokens: tokensOf(file.signon) };
  } catch (error) {
    const { code, message, hint } = toOfxSyncError(error);
    return { refusal: { code, message, hint: hint ?? '' } };
  }
}

/** The thread begins here; the program that started it only uses what is exported. */
if (parentPort !== null && isTask(workerData)) void answer(workerData, parentPort);

/** Sends the result to the program. An error that nothing expects ends the thread, which the program hears of. */
async function answer(task: LargeReplyTask, port: MessagePort): Promise<void> {
  port.postMessage(await resultOf(task, port));
}

function isTask(value: unknown): value is LargeReplyTask {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
}
