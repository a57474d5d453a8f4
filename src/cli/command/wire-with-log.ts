/** The plug points, with every step logged: secrets resolved, requests sent, replies read, pauses. Unchanged without a log. */

import { toOfxSyncError } from '../../errors.js';
import type { Institution } from '../../model/institution.js';
import { inquiryAddress, statementAddress } from '../../model/login.js';
import { present } from '../../model/present.js';
import type { Inquiry, Reply, StatementSource } from '../../ports.js';
import { hostsOfEntry as hostsOfKeychainEntry } from '../../store/trust/record.js';
import { createLimiter } from '../../sync/limiter.js';
import { type Wiring, type WiringOptions, wire } from '../../wiring.js';
import type { CliIo, Log } from '../terminal/io.js';
import { plural } from '../terminal/wording.js';
import { trustDir } from './trust.js';

/** The parts of the wiring that the outside world does not give; `prompt` is null without a terminal. */
interface CommandWiring extends Pick<WiringOptions, 'config' | 'store' | 'needed'> {
  readonly prompt: ((question: string) => Promise<string>) | null;
  /** Asks whether a bank's password may go to a host; null without a person. */
  readonly confirmHost: NonNullable<WiringOptions['confirmHost']> | null;
}

/** Connects the plug points for a command. */
export function wireFor(io: CliIo, { prompt, confirmHost, ...given }: CommandWiring): Wiring {
  const { env, now, signal, log } = io;
  // A terminal takes one question at a time, while logins are resolved all at once.
  const questions = createLimiter({ concurrency: 1, perKey: 1 });
  const people = present({
    prompt: prompt === null ? undefined : (question: string) => questions.run('', () => prompt(question)),
    confirmHost:
      confirmHost === null
        ? undefined
        : (institution: Institution, host: string) => questions.run('', () => confirmHost(institution, host)),
  });
  const hostsOfEntry = (entry: string) => hostsOfKeychainEntry(trustDir(io), entry);
  const wiring = wire({ ...given, env, now, signal, hostsOfEntry, ...people });
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
  const send = (what: string, address: string | null, work: () => Promise<Reply>) => {
    const host = hostOf(address ?? institution.url);
    return timed(
      log,
      { event: 'request', institution: name, message: `${name}: ${what} to ${host}` },
      work,
      ({ origin, httpStatus, body }) => ({
        // A host of the profile that cannot be reached is replaced by the bank's own.
        text: `HTTP ${httpStatus}, ${plural(body.length, 'byte')}${isElsewhere(origin, address) ? ` from ${hostOf(origin)}` : ''}`,
        fields: { httpStatus, bytes: body.length, host: hostOf(origin) },
      }),
    );
  };
  return {
    ...source,
    fetch: (request, ...rest) =>
      send(
        `request for ${plural(request.wanted.length, 'statement')} (${request.wanted.map(({ account }) => account.name).join(', ')})`,
        statementAddress(request),
        () => source.fetch(request, ...rest),
      ),
    inquire: (inquiry, ...rest) =>
      send(`request for ${INQUIRIES[inquiry.kind]}`, inquiryAddress(inquiry, institution), () =>
        source.inquire(inquiry, ...rest),
      ),
  };
}

function isElsewhere(origin: string, address: string | null): boolean {
  return address !== null && hostOf(origin) !== hostOf(address);
}

const INQUIRIES: Readonly<Record<Inquiry['kind'], string>> = {
  profile: 'its profile, without a password',
  accounts: 'its list of accounts',
  challenge: 'its security questions',
  password: 'a new password',
  closings: 'closing statements',
};

function hostOf(url: string | null): string {
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
