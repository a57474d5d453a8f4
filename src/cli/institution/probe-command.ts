/** `ofx-sync probe URL|INSTITUTION`: the form of request that a server takes, as YAML. Nobody's password is sent. */

import { isTestAddress, urlComplaint } from '../../config/address.js';
import { keyLines } from '../../config/yaml/edit.js';
import { type AcceptedForm, type ProbeAttempt, type ProbeResult, probe } from '../../discovery/probe.js';
import { UsageError } from '../../errors.js';
import { openDirectory } from '../../institutions/directory.js';
import { openHosts } from '../../institutions/hosts.js';
import type { Institution, Quirks } from '../../model/institution.js';
import { sandboxEntry } from '../../sandbox/known.js';
import { openProbe } from '../../wiring.js';
import type { Invocation } from '../command/command.js';
import { configOf, durationOption, textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { seconds } from '../terminal/wording.js';

const PAUSE_MS = 3000;
const LEAST_PAUSE_MS = 1000;
const TIMEOUT_MS = 20_000;

/** Whom to ask, and whether the answer goes under an institution that is configured already. */
interface Target {
  readonly institution: Institution;
  readonly isConfigured: boolean;
}

export async function probeCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const target = await targetOf(words[0] ?? '', invocation);
  const pauseMs = pauseOf(target, invocation);
  const line = await openProbe({
    env: io.env,
    now: io.now,
    timeoutMs: durationOption(invocation, 'timeout') ?? TIMEOUT_MS,
  });
  const isQuiet = options.quiet === true || options.json === true;
  try {
    if (!isQuiet)
      await write(io.stderr, `asking ${visible(target.institution.url ?? '')} for its profile, without a password\n`);
    let number = 0;
    const result = await probe(
      target.institution,
      {
        signal: io.signal,
        pauseMs,
        onAttempt: (attempt) => {
          number += 1;
          if (!isQuiet) io.stderr.write(`${attemptText(number, attempt)}\n`);
        },
      },
      line,
    );
    await say(result, target, invocation);
    return result.found === null ? EXIT.someFailed : EXIT.ok;
  } finally {
    await line.close();
  }
}

function attemptText(number: number, { tried, outcome, meaning, durationMs, isGood }: ProbeAttempt): string {
  const form = Object.entries(tried)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
  return `${isGood ? '✓' : '✗'} ${number}. ${visible(form)}\n     ${visible(outcome)} (${seconds(durationMs)})\n     ${visible(meaning)}`;
}

/** Somebody else's server is not to be hurried. @throws UsageError */
function pauseOf({ institution }: Target, invocation: Invocation): number {
  const pauseMs = durationOption(invocation, 'pause') ?? PAUSE_MS;
  if (pauseMs < LEAST_PAUSE_MS && !isTestAddress(institution.url))
    throw new UsageError('--pause is at least 1s for servers other than this machine’s own');
  return pauseMs;
}

/** A configured name, an address, or an id of the directory. @throws UsageError */
async function targetOf(word: string, invocation: Invocation): Promise<Target> {
  const org = textOption(invocation, 'org');
  const fid = textOption(invocation, 'fid');
  const own = { ...(org === undefined ? {} : { org }), ...(fid === undefined ? {} : { fid }) };
  if (word.includes('://')) return { institution: { ...(await fromAddress(word)), ...own }, isConfigured: false };
  const configured = await configuredOne(word, invocation);
  if (configured !== null) return { institution: { ...configured, ...own }, isConfigured: true };
  const found = (await openDirectory()).lookUp(word);
  if ('suggestions' in found)
    throw new UsageError(
      `${JSON.stringify(word)} is no address, no institution of accounts.yaml and none of the directory`,
      found.suggestions.length === 0
        ? 'Give its address: ofx-sync probe https://…'
        : `Did you mean ${found.suggestions.slice(0, 3).join(', ')}?`,
    );
  const { id, title, url, quirks, ended, advice } = found;
  if (ended !== null && invocation.options.quiet !== true)
    await write(invocation.io.stderr, `${visible(title)}: ${visible(ended)}; ${visible(advice ?? '')}\n`);
  return {
    institution: { ...nobody(id, url), title, org: found.org, fid: found.fid, quirks, ...own },
    isConfigured: false,
  };
}

async function configuredOne(name: string, invocation: Invocation): Promise<Institution | null> {
  const config = await configOf(invocation, { accountsToCome: true }).catch(() => null);
  const found = config?.institutions.find((one) => one.name === name) ?? null;
  if (found !== null && found.url === null)
    throw new UsageError(
      `${name} is read from files, and there is nobody to ask`,
      'Give an address: ofx-sync probe https://…',
    );
  return found;
}

async function fromAddress(url: string): Promise<Institution> {
  const complaint = urlComplaint(url);
  if (complaint !== null) throw new UsageError(`${complaint.message}: ${url}`, complaint.suggestion);
  const { hostname, protocol } = new URL(url);
  const name = hostname.replace(/^(?:www|ofx\w*)\./, '').split('.')[0] ?? hostname;
  const known = protocol === 'sandbox:' ? sandboxEntry(hostname) : null;
  const ids = known === null || 'suggestions' in known ? {} : { org: known.org, fid: known.fid };
  const quirks = (await openHosts())(hostname)?.quirks ?? {};
  return { ...nobody(name, url), ...ids, quirks };
}

function nobody(name: string, url: string): Institution {
  return {
    name,
    title: null,
    url,
    files: null,
    org: null,
    fid: null,
    userId: null,
    password: null,
    clientUid: null,
    accounts: [],
    quirks: {},
    timeoutMs: null,
    perInstitution: null,
    ca: null,
    proxy: null,
  };
}

async function say({ attempts, found }: ProbeResult, target: Target, { io, options }: Invocation): Promise<void> {
  if (options.json === true) {
    const rounded = attempts.map((one) => ({ ...one, durationMs: Math.round(one.durationMs) }));
    const keys = found === null ? null : keysOf(found, target);
    await write(
      io.stdout,
      `${JSON.stringify({ version: 1, attempts: rounded, found: keys, isProofForStatements: false }, null, 2)}\n`,
    );
    return;
  }
  if (found === null) {
    if (options.quiet !== true)
      await write(
        io.stderr,
        'no good answer; what was answered is above. ofx-sync institutions WORDS may know another address.\n',
      );
    return;
  }
  await write(io.stdout, yamlOf(found, target));
  if (options.quiet !== true)
    await write(
      io.stderr,
      'A profile is no proof for statements: some servers give it in versions in which they refuse statements. Then: ofx-sync check\n',
    );
}

function keysOf({ quirks, org, fid, profile }: AcceptedForm, { institution }: Target): Record<string, unknown> {
  const needsClientUid = profile?.signons.some((one) => one.needsClientUid) ?? false;
  return {
    ...(institution.org === null && org === null ? {} : { org: institution.org ?? org }),
    ...(institution.fid === null && fid === null ? {} : { fid: institution.fid ?? fid }),
    ...(needsClientUid && institution.clientUid === null ? { clientUid: 'auto' } : {}),
    ...differing(quirks),
  };
}

/** What is not the default anyway; the version always. */
function differing(quirks: Quirks): Record<string, unknown> {
  return Object.fromEntries(Object.entries(quirks).filter(([, value]) => value !== undefined));
}

function yamlOf(found: AcceptedForm, target: Target): string {
  const { institution, isConfigured } = target;
  const keys = keysOf(found, target);
  const about = [
    '# took a request for its profile in this form; that is no proof for statements',
    ...(found.profile?.name == null ? [] : [`# it calls itself ${visible(found.profile.name)}`]),
    ...(found.profile?.messageSets.some(({ security }) => security?.toUpperCase() === 'TYPE1') === true
      ? ['# it wants SECURITY TYPE1 (encrypted passwords), which ofx-sync does not speak']
      : []),
  ];
  if (isConfigured) return `${[...about, `# under ${visible(institution.name)}:`, ...keyLines(keys)].join('\n')}\n`;
  const all = { name: institution.name, url: institution.url, ...keys, userId: 'YOUR-USER-ID', accounts: [] };
  const lines = keyLines(all).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
  return `${[...about, 'institutions:', ...lines].join('\n')}\n`;
}
