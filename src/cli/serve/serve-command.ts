/** `ofx-sync serve`: a SimpleFIN server over the store, and a page; `serve token …` makes, lists and revokes its tokens. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { OfxSyncError, UsageError } from '../../errors.js';
import { createGatekeeper } from '../../serve/access.js';
import { routesOf } from '../../serve/routes.js';
import { type RunningServer, type Served, startServer, type Tls } from '../../serve/server.js';
import { type ServeAddress, SIMPLEFIN_PATH } from '../../serve/settings.js';
import { openStore } from '../../store/open.js';
import { type Snapshots, snapshotsOf } from '../../store/serving/snapshot.js';
import { openTokens, type Tokens } from '../../store/serving/tokens.js';
import { actionOf } from '../command/action.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf, flagOf, textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { addressOption, everyOption } from '../command/serve-options.js';
import { lastUnattendedRun } from '../sync/unattended-run.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { localeOf } from '../terminal/reader-locale.js';
import { type Current, currentConfig } from './current-config.js';
import { livePage } from './live-page.js';
import { metricsOf } from './metrics.js';
import { syncEvery } from './sync-every.js';
import { tokenCommand } from './token-command.js';

export async function serveCommand(invocation: Invocation): Promise<number> {
  const { words } = invocation;
  if (words.length > 0) {
    actionOf('serve', words);
    return tokenCommand({ ...invocation, words: words.slice(1) });
  }
  refuseTokenOptions(invocation);
  const [address, tls, everyMs] = [addressOption(invocation), tlsOf(invocation), everyOption(invocation)];
  const current = await currentConfig(invocation, { trusted: everyMs !== null });
  const dataDir = dataDirOf(invocation);
  // Creates the store before the first sync, and upgrades the tables.
  (await openStore(dataDir)).close();
  const [tokens, snapshots] = [openTokens(dataDir), snapshotsOf(dataDir)];
  try {
    const server = await startOn({ address, tls, current, tokens, snapshots }, invocation);
    try {
      await announce(server, invocation);
      return await untilStopped(everyMs, invocation);
    } finally {
      await server.close();
    }
  } finally {
    snapshots.close();
    tokens.close();
  }
}

interface Parts {
  readonly address: ServeAddress;
  readonly tls: Tls | null;
  readonly current: Current;
  readonly tokens: Tokens;
  readonly snapshots: Snapshots;
}

function startOn({ address, tls, current, tokens, snapshots }: Parts, invocation: Invocation): Promise<RunningServer> {
  const { io, options } = invocation;
  const { now } = io;
  const withBalances = options['metricsBalances'] === true;
  return startServer({
    address,
    tls,
    onServed: (served) => logServed(served, invocation),
    routes: async (url) => {
      await tokens.setUrl(url);
      return routesOf({
        gatekeeper: createGatekeeper({ tokens, now }),
        snapshots,
        current,
        url,
        now,
        metrics: async (scope) => {
          const { config } = await current();
          return reading(snapshots, (snapshot) => {
            const unattendedRun = lastUnattendedRun(invocation, snapshot.records);
            return metricsOf({ snapshot, config, scope, now: now(), withBalances, unattendedRun });
          });
        },
        pages: {
          status: async (scope) => {
            const { config } = await current();
            return reading(snapshots, (snapshot) =>
              livePage({ snapshot, config, scope, now: now(), locale: localeOf(io.env) }),
            );
          },
        },
      });
    },
  });
}

async function reading<Result>(
  snapshots: Snapshots,
  task: (snapshot: ReturnType<Snapshots['open']>) => Result | Promise<Result>,
): Promise<Result> {
  const snapshot = snapshots.open();
  try {
    return await task(snapshot);
  } finally {
    snapshot.close();
  }
}

async function announce({ url }: RunningServer, { io, options }: Invocation): Promise<void> {
  const simplefin = `${url}${SIMPLEFIN_PATH}`;
  if (options.json === true) await printJson(io, { version: 1, url, simplefin }, 0);
  else await write(io.stdout, `${visible(simplefin)}\n`);
  if (options.quiet === true) return;
  const hint = 'serving until Ctrl-C; to let a program read: ofx-sync serve token new NAME';
  await write(io.stderr, `${hint}\n`);
}

/** Serves until the first signal, and syncs meanwhile. @returns the exit status */
async function untilStopped(everyMs: number | null, invocation: Invocation): Promise<number> {
  const { signal } = invocation.io;
  if (everyMs !== null) return syncEvery(everyMs, invocation);
  if (!signal.aborted)
    await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
  return EXIT.ok;
}

function logServed({ method, route, status, durationMs, error }: Served, { io }: Invocation): void {
  const fields = { method, route, status, durationMs };
  io.log?.write('debug', 'served', `${method} ${route}: HTTP ${status}, ${durationMs} ms`, fields);
  if (error === null) return;
  if (io.log === undefined) io.stderr.write(`notice: ${method} ${route}: ${visible(error.message)}\n`);
  else io.log.write('error', 'served', error.message, { ...fields, error: error.code });
}

function tlsOf(invocation: Invocation): Tls | null {
  const [cert, key] = [textOption(invocation, 'cert'), textOption(invocation, 'key')];
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined)
    throw new UsageError('--cert and --key belong together', 'Such as: --cert fullchain.pem --key privkey.pem');
  const { cwd } = invocation.io;
  return { cert: readPem(resolve(cwd, cert)), key: readPem(resolve(cwd, key)) };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new OfxSyncError('SERVE_FAILED', `${path} cannot be read`, {
      cause,
      hint: 'Check the path, and that this user may read the file.',
    });
  }
}

const OF_TOKENS = ['accounts', 'since', 'page', 'accessUrl'] as const;

function refuseTokenOptions({ options }: Invocation): void {
  const given = OF_TOKENS.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new UsageError(`${flagOf(given)} belongs to a token`, 'See: ofx-sync serve token new NAME');
}
