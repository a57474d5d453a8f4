/** Sends a message to a command, on its standard input, or to a webhook, as JSON. */

import { spawn } from 'node:child_process';
import { OfxSyncError } from '../errors.js';
import type { HttpFetch } from '../model/http.js';
import type { Message, NotifySettings } from '../model/notifications.js';
import { desktopCommand } from './desktop.js';

interface SendContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Name of the operating system, for messages on the desktop. */
  readonly platform: string;
  /** Folder in which the command runs: that of accounts.yaml. */
  readonly baseDir: string;
  readonly signal: AbortSignal;
  readonly fetch: HttpFetch;
}

/** @throws OfxSyncError NOTIFY_FAILED when the message was not accepted; it may be sent again with the same id. */
export async function send(message: Message, settings: NotifySettings, context: SendContext): Promise<void> {
  // The timer keeps this controller alive: composed signals may be garbage-collected before they fire (Node 20).
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, settings.timeoutMs);
  context.signal.addEventListener('abort', abort, { once: true });
  if (context.signal.aborted) abort();
  try {
    if ('webhook' in settings.to)
      await post(message, settings.to.webhook, { fetch: context.fetch, signal: stop.signal });
    else {
      const command =
        'desktop' in settings.to ? desktopCommand(message, context.platform) : filled(message, settings.to.command);
      await run(message, command, { ...context, signal: stop.signal });
    }
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', abort);
  }
}

/** The document that both a command and a webhook get. */
function messageJson({ id, at, title, text, news }: Message): string {
  return JSON.stringify({ version: 1, id, at, title, text, news });
}

/** Posts to a webhook, whose path and query are secret and never shown. */
async function post(
  message: Message,
  webhook: string,
  { fetch, signal }: Pick<SendContext, 'fetch' | 'signal'>,
): Promise<void> {
  const { host } = new URL(webhook);
  let status: number;
  try {
    const response = await fetch(webhook, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': message.id },
      body: messageJson(message),
      redirect: 'manual',
      signal,
    });
    status = response.status;
    await response.body?.cancel();
  } catch (cause) {
    if (cause instanceof OfxSyncError) throw failed(`the webhook: ${cause.message}`, cause);
    throw failed(
      `the webhook at ${host} ${signal.aborted ? 'did not answer in time' : `cannot be reached${reason(cause)}`}`,
      cause,
    );
  }
  if (status < 200 || status > 299) throw failed(`the webhook at ${host} answered HTTP ${status}`);
}

function reason(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : null;
  return inner instanceof Error && 'code' in inner ? ` (${String(inner.code)})` : '';
}

const MOST_ERROR_TEXT = 200;

/** Puts title and text into the places of `{title}` and `{text}`. No shell splits the words. */
function filled({ title, text }: Message, command: readonly string[]): readonly string[] {
  return command.map((word, index) =>
    index === 0 ? word : word.replace(/\{(title|text)\}/g, (_, key: string) => (key === 'title' ? title : text)),
  );
}

/** Runs a command, which has the message in its environment and on its standard input. */
async function run(
  message: Message,
  command: readonly string[],
  { env, baseDir, signal }: Omit<SendContext, 'platform'>,
): Promise<void> {
  const [program = '', ...words] = command.map(withoutNul);
  const ofMessage = { OFX_SYNC_TITLE: withoutNul(message.title), OFX_SYNC_TEXT: withoutNul(message.text) };
  const child = spawn(program, words, {
    cwd: baseDir,
    env: { ...env, ...ofMessage },
    stdio: ['pipe', 'ignore', 'pipe'],
    windowsHide: true,
  });
  let errorText = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errorText = (errorText + text).slice(0, MOST_ERROR_TEXT);
  });
  child.stdin.on('error', () => undefined).end(`${messageJson(message)}\n`);
  const kill = () => child.kill('SIGKILL');
  if (signal.aborted) kill();
  signal.addEventListener('abort', kill, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve);
    });
    if (signal.aborted) throw failed(`the command ${program} did not end in time`);
    if (code !== 0)
      throw failed(`the command ${program} failed${errorText.trim() === '' ? '' : `: ${errorText.trim()}`}`);
  } catch (cause) {
    throw cause instanceof OfxSyncError ? cause : failed(`the command ${program} cannot be run`, cause);
  } finally {
    signal.removeEventListener('abort', kill);
    child.stderr.destroy();
  }
}

/** Neither a word nor a variable can hold a NUL. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

function failed(message: string, cause?: unknown): OfxSyncError {
  return new OfxSyncError('NOTIFY_FAILED', message, {
    cause,
    hint:
      (cause instanceof OfxSyncError ? cause.hint : null) ??
      'Check notify: in accounts.yaml, then run: ofx-sync notify test',
    retryable: true,
  });
}
