/** `ofx-sync probe URL|INSTITUTION`: finds the form of request that a server accepts, as YAML. It sends no password. */

import { isTestAddress } from '../../config/address.js';
import { keyLines } from '../../config/yaml/edit.js';
import { type AcceptedForm, type ProbeAttempt, type ProbeResult, probe } from '../../discovery/probe.js';
import { bareInstitution, institutionAt } from '../../discovery/probe-target.js';
import { UsageError } from '../../errors.js';
import { openDirectory } from '../../institutions/directory.js';
import type { Institution } from '../../model/institution.js';
import { present } from '../../model/present.js';
import { openProbe } from '../../wiring.js';
import type { Invocation } from '../command/command.js';
import { configToRead, durationOption, textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { requireTrust } from '../command/trust.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { seconds } from '../terminal/wording.js';

const PAUSE_MS = 3000;
const MIN_PAUSE_MS = 1000;
const TIMEOUT_MS = 20_000;

/** The institution to probe. */
interface Target {
  readonly institution: Institution;
  /** It is in accounts.yaml, so that the result belongs under its entry. */
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
      await write(
        io.stderr,
        `requesting the profile of ${visible(target.institution.url ?? '')}, without a password\n`,
      );
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
    await print(result, target, invocation);
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

/** Returns the pause between requests, which is long enough not to burden somebody else's server. @throws UsageError */
function pauseOf({ institution }: Target, invocation: Invocation): number {
  const pauseMs = durationOption(invocation, 'pause') ?? PAUSE_MS;
  if (pauseMs < MIN_PAUSE_MS && !isTestAddress(institution.url))
    throw new UsageError('--pause takes at least 1s, except for servers on this machine');
  return pauseMs;
}

/** Finds the institution by its address, its name in accounts.yaml, or its id in the directory. @throws UsageError */
async function targetOf(word: string, invocation: Invocation): Promise<Target> {
  const own = present({ org: textOption(invocation, 'org'), fid: textOption(invocation, 'fid') });
  if (word.includes('://')) return { institution: { ...(await institutionAt(word)), ...own }, isConfigured: false };
  const configured = await configuredInstitution(word, invocation);
  if (configured !== null) return { institution: { ...configured, ...own }, isConfigured: true };
  const found = (await openDirectory()).lookUp(word);
  if ('suggestions' in found)
    throw new UsageError(
      `${JSON.stringify(word)} is not an address, nor a bank in accounts.yaml or in the directory`,
      found.suggestions.length === 0
        ? 'Give its address: ofx-sync probe https://…'
        : `Did you mean ${found.suggestions.slice(0, 3).join(', ')}?`,
    );
  const { id, title, url, quirks, ended, advice } = found;
  if (ended !== null && invocation.options.quiet !== true)
    await write(invocation.io.stderr, `${visible(title)}: ${visible(ended)}; ${visible(advice ?? '')}\n`);
  if (url === null)
    throw new UsageError(`no address of ${title} is known`, 'Give its address: ofx-sync probe https://…');
  return {
    institution: { ...bareInstitution(id, url), title, org: found.org, fid: found.fid, quirks, ...own },
    isConfigured: false,
  };
}

async function configuredInstitution(name: string, invocation: Invocation): Promise<Institution | null> {
  const read = await configToRead(invocation, { accountsToCome: true }).catch(() => null);
  const found = read?.config.institutions.find((one) => one.name === name) ?? null;
  if (found !== null && found.url === null)
    throw new UsageError(`${name} is read from files and has no server`, 'Give an address: ofx-sync probe https://…');
  if (read !== null && found !== null) await requireTrust(read.source, read.config, invocation);
  return found;
}

async function print({ attempts, found }: ProbeResult, target: Target, { io, options }: Invocation): Promise<void> {
  if (options.json === true) {
    const rounded = attempts.map((one) => ({ ...one, durationMs: Math.round(one.durationMs) }));
    const keys = found === null ? null : keysOf(found, target);
    await printJson(io, { version: 1, attempts: rounded, found: keys, isProofForStatements: false });
    return;
  }
  if (found === null) {
    if (options.quiet !== true)
      await write(
        io.stderr,
        'The server accepted none of these requests. To look for another address: ofx-sync institutions WORDS\n',
      );
    return;
  }
  await write(io.stdout, yamlOf(found, target));
  if (options.quiet !== true)
    await write(
      io.stderr,
      'A profile does not prove that statements work: some servers refuse them in the same version. To find out: ofx-sync check\n',
    );
}

function keysOf({ quirks, org, fid, profile }: AcceptedForm, { institution }: Target): Record<string, unknown> {
  const needsClientUid = profile?.signons.some((one) => one.needsClientUid) ?? false;
  return present({
    org: institution.org ?? org ?? undefined,
    fid: institution.fid ?? fid ?? undefined,
    clientUid: needsClientUid && institution.clientUid === null ? 'auto' : undefined,
    ...quirks,
  });
}

function yamlOf(found: AcceptedForm, target: Target): string {
  const { institution, isConfigured } = target;
  const keys = keysOf(found, target);
  const about = [
    '# The server accepted a request for its profile in this form; statements may need another.',
    ...(found.profile?.name == null ? [] : [`# The server calls itself ${visible(found.profile.name)}`]),
    ...(found.profile?.messageSets.some(({ security }) => security?.toUpperCase() === 'TYPE1') === true
      ? ['# It requires SECURITY TYPE1 (encrypted passwords), which ofx-sync does not support.']
      : []),
  ];
  if (isConfigured) return `${[...about, `# under ${visible(institution.name)}:`, ...keyLines(keys)].join('\n')}\n`;
  const all = { name: institution.name, url: institution.url, ...keys, userId: 'YOUR-USER-ID', accounts: [] };
  const lines = keyLines(all).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
  return `${[...about, 'institutions:', ...lines].join('\n')}\n`;
}
