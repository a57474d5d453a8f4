/** The plug points, with every step logged: secrets resolved, requests sent, replies read, pauses. Unchanged without a log. */

import { toOfxSyncError } from '../../errors.js';
import type { Institution } from '../../model/institution.js';
import { present } from '../../model/present.js';
import type { Inquiry, Reply, StatementSource } from '../../ports.js';
import { type Wiring, type WiringOptions, wire } from '../../wiring.js';
import type { CliIo, Log } from '../terminal/io.js';
import { plural } from '../terminal/wording.js';

/** The parts of the wiring that the outside world does not give; `prompt` is null without a terminal. */
interface CommandWiring extends Pick<WiringOptions, 'config' | 'store'> {
  readonly prompt: ((question: string) => Promise<string>) | null;
}

/** Connects the plug points for a command. */
export function wireFor({ env, now, signal, log }: CliIo, { prompt, ...given }: CommandWiring): Wiring {
  const wiring = wire({ ...given, env, now, signal, ...present({ prompt: prompt ?? undefined }) });
  return log === undefined ? wiring : logged(wiring, log);
}

function logged(wiring: Wiring, log: Log): Wiring {
  const { ports } = wiring;
  return {
    ...wiring,
    ports: {
      ...ports,
      resolveLogin: (institution, ...rest) =>
        timed(log, { event: 'secrets', institution: institution.name, message: secretsText(institution) }, () =>
          ports.resolveLogin(institution, ...rest),
        ),
      sourceFor: async (institution, ...rest) =>
        loggedSource(await ports.sourceFor(institution, ...rest), institution, log),
      read: async (bytes, ...rest) => {
        const started = performance.now();
        const file = await ports.read(bytes, ...rest);
        const durationMs = Math.round(performance.now() - started);
        const { ofxVersion, charset } = file.header;
        log.write(
          'debug',
          'read',
          `read ${plural(bytes.length, 'byte')} as OFX ${ofxVersion ?? 'without a version'} (${charset}): ${plural(file.statements.length, 'statement')}, ${plural(file.notices.length, 'notice')}, ${durationMs} ms`,
          { bytes: bytes.length, ofxVersion, charset, statements: file.statements.length, durationMs },
        );
        return file;
      },
      sleep: async (ms, ...rest) => {
        log.write('debug', 'pause', `waiting ${(ms / 1000).toFixed(1)} s before trying again`, { ms: Math.round(ms) });
        await ports.sleep(ms, ...rest);
      },
    },
  };
}

/** Names only the schemes: a reference may contain the private name of a file or a variable. */
function secretsText({ name, userId, password }: Institution): string {
  return `${name}: user id from ${userId?.scheme ?? 'nowhere'}, password from ${password?.scheme ?? 'nowhere'}`;
}

function loggedSource(source: StatementSource, institution: Institution, log: Log): StatementSource {
  const { name } = institution;
  const host = hostOf(institution);
  const send = (what: string, work: () => Promise<Reply>) =>
    timed(log, { event: 'request', institution: name, message: `${name}: ${what} to ${host}` }, work, (reply) => ({
      text: `HTTP ${reply.httpStatus}, ${plural(reply.body.length, 'byte')}`,
      fields: { httpStatus: reply.httpStatus, bytes: reply.body.length },
    }));
  return {
    ...source,
    fetch: (request, ...rest) =>
      send(
        `request for ${plural(request.wanted.length, 'statement')} (${request.wanted.map(({ account }) => account.name).join(', ')})`,
        () => source.fetch(request, ...rest),
      ),
    inquire: (inquiry, ...rest) =>
      send(`request for ${INQUIRIES[inquiry.kind]}`, () => source.inquire(inquiry, ...rest)),
  };
}

const INQUIRIES: Readonly<Record<Inquiry['kind'], string>> = {
  profile: 'its profile, without a password',
  accounts: 'its list of accounts',
  challenge: 'its security questions',
  password: 'a new password',
  closings: 'closing statements',
};

function hostOf({ url }: Institution): string {
  return url !== null && URL.canParse(url) ? new URL(url).host : 'nobody';
}

interface Step {
  readonly event: string;
  readonly institution: string;
  readonly message: string;
}

/** Logs the start of a step, then its result and duration. */
async function timed<T>(
  log: Log,
  { event, institution, message }: Step,
  work: () => Promise<T>,
  describe: (result: T) => { readonly text: string; readonly fields: Parameters<Log['write']>[3] } = () => ({
    text: 'done',
    fields: {},
  }),
): Promise<T> {
  const started = performance.now();
  const passed = () => Math.round(performance.now() - started);
  log.write('debug', `${event}-begins`, message, { institution });
  try {
    const result = await work();
    const { text, fields } = describe(result);
    const durationMs = passed();
    log.write('debug', event, `${message}: ${text}, ${durationMs} ms`, { institution, ...fields, durationMs });
    return result;
  } catch (error) {
    const { code, message: reason } = toOfxSyncError(error);
    const durationMs = passed();
    log.write('debug', event, `${message}: ${reason} (${code}), ${durationMs} ms`, {
      institution,
      error: code,
      durationMs,
    });
    throw error;
  }
}
