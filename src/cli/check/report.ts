/**
 * `check --report FILE`: writes all that a check found into one file that may be shown to strangers. It holds no passwords,
 * user ids, account numbers, names, paths or amounts; a test searches for them.
 */

import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Checked } from '../../check/check.js';
import { mapStrings, type Redactor, redactorFor } from '../../check/redact.js';
import { type Names, namesFor, namesRedactorFor } from '../../check/redact-names.js';
import type { Step } from '../../check/step.js';
import { UsageError } from '../../errors.js';
import { type Config, type Institution, secretReferences } from '../../model/institution.js';
import { redactJson, redactOfx, redactText, shapeOf, withoutLongNumbers } from '../../ofx/write/redact.js';
import type { Login, Reply } from '../../ports.js';
import { previewRequests, type RequestPreview } from '../../sync/dry-run.js';
import { version } from '../../version.js';
import { dryRunPorts } from '../../wiring.js';
import type { Invocation } from '../command/command.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { type Explanation, explanationJson } from './explain.js';
import { stepJson } from './lines.js';

interface ReportInput {
  readonly config: Config;
  readonly checked: readonly Checked[];
  readonly explanations: readonly Explanation[];
  readonly replies: ReadonlyMap<string, readonly Reply[]>;
  readonly logins: readonly Login[];
  /** The statement files that were found. */
  readonly paths: readonly string[];
}

const LONGEST_REPLY = 65_536;
const LONGEST_SHAPE = 2000;
/** A part of a file or statement, in a message of this program. */
const QUOTED = /(?<=")(?:[^"\\]|\\.)*(?=")/g;

/** Writes the report whole or not at all, readable by its owner only. @throws UsageError */
export async function writeReport(name: string, input: ReportInput, invocation: Invocation): Promise<void> {
  const { io, options } = invocation;
  const file = resolve(io.cwd, name);
  const text = await reportText(input, invocation);
  const scratch = `${file}.${io.pid}.tmp`;
  try {
    await writeFile(scratch, text, { mode: 0o600, flag: 'wx' });
    await rename(scratch, file);
  } catch (error) {
    await rm(scratch, { force: true });
    throw new UsageError(
      `the report cannot be written to ${name}${error instanceof Error ? ` (${error.message})` : ''}`,
      'Name a file in a folder to which you may write.',
    );
  }
  if (options.quiet !== true)
    await write(
      io.stderr,
      `report written to ${visible(name)}, without passwords, names, numbers, paths and amounts; read it before you send it\n`,
    );
}

async function reportText(input: ReportInput, { io }: Invocation): Promise<string> {
  const { config, checked, explanations, replies, paths } = input;
  const chosen = checked.flatMap(({ institution }) => (institution.accounts.length === 0 ? [] : [institution.name]));
  const requests = await previewRequests(
    config,
    { names: chosen, windows: {}, store: null },
    dryRunPorts({ config, store: null, now: io.now }),
  );
  const redact = redactorFor(
    checked.map(({ institution }) => institution),
    input.logins,
  );
  const names = namesFor(config.institutions);
  const report = {
    version: 1,
    program: { name: 'ofx-sync', version: version(), platform: io.platform },
    at: io.now().toISOString(),
    institutions: checked.map(({ institution, steps }) => {
      const { name } = institution;
      const redactNames = namesRedactorFor(institution, config.institutions, { home: io.home, paths, redact });
      const all: Redactors = { redact, text: (text) => redactNames(redact(text)), names };
      return {
        steps: steps.map((step) => reportedStep(step, all)),
        explanation: explanations
          .filter((one) => one.name === name && institution.program === undefined)
          .map((one) => explanationJson(redactedExplanation(one, institution, all))),
        requests: requests
          // The line of a command is a person's own text, of which nobody knows what is private.
          .filter((one) => one.institution === name && institution.program === undefined)
          .map((one) => requestLines(one, institution, all)),
        replies: (replies.get(name) ?? []).map((reply) => replyJson(reply, institution, redact)),
      };
    }),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

interface Redactors {
  readonly redact: Redactor;
  /** Removes names and paths as well, from texts of this program. */
  readonly text: Redactor;
  readonly names: Names;
}

function reportedStep(step: Step, { redact, text, names }: Redactors): object {
  const isExcerpt = step.step === 'files' || (step.error?.code === 'OFX_UNREADABLE' && step.step !== 'header');
  const own = (value: string) => {
    // The built-in directory knows nobody's names.
    const shown = withoutLongNumbers(step.step === 'directory' ? redact(value) : text(value));
    return isExcerpt ? shown.replace(QUOTED, shapeOf) : shown;
  };
  // Notices about a statement name payees and amounts; their codes are in the details.
  const hint = step.statement === null ? step.hint : null;
  return {
    ...stepJson(step),
    ...(step.account === null ? {} : { account: names.account(step.account) }),
    message: own(step.message),
    hint: hint === null ? null : own(hint),
    details: mapStrings(step.details, (value) => withoutLongNumbers(redact(value))),
  };
}

/** Names the kind of place of each secret and file only; addresses and settings stay. */
function redactedExplanation(explanation: Explanation, institution: Institution, all: Redactors): Explanation {
  const { redact, names } = all;
  const places = new Set(secretReferences(institution).map(([key]) => key));
  return {
    name: names.institution(institution.name),
    remark:
      explanation.remark === null ? null : { ...explanation.remark, note: redacted(explanation.remark.note, redact) },
    values: explanation.values.map((one) => {
      if (places.has(one.key)) return { ...one, value: one.value.replace(/^(keychain|env|file):(?!\/\/).*/s, '$1') };
      if (one.key === 'files' || (one.key === 'ca' && institution.ca !== null)) return { ...one, value: '[path]' };
      return { ...one, value: redact(one.value), why: redacted(one.why, redact) };
    }),
  };
}

function redacted(text: string | null, redact: Redactor): string | null {
  return text === null ? null : redact(text);
}

/** Returns a request. Only a text of this program in its place has names. */
function requestLines({ text }: RequestPreview, { files }: Institution, all: Redactors): string[] {
  const isText = files !== null || text.startsWith('nothing is sent');
  return redactOfx(isText ? all.text(text) : all.redact(text)).split(/\r?\n/);
}

/** Removes private values before digits are masked: afterwards they would not be found. */
function replyJson({ body, httpStatus, origin }: Reply, institution: Institution, redact: Redactor): object {
  const text = redact(new TextDecoder('latin1').decode(body)).slice(0, LONGEST_REPLY);
  return { origin: redact(origin), httpStatus, bytes: body.byteLength, text: replyText(text, institution) };
}

/** Returns OFX in lines. Of other statements, which programs and bridges send, only the shape is kept. */
function replyText(text: string, { program, simplefin }: Institution): string | string[] {
  if (/<OFX>/i.test(text)) return redactOfx(text).split(/\r?\n/);
  if (program !== undefined) return shapeOf(text).slice(0, LONGEST_SHAPE);
  return simplefin === true && /^\s*[[{]/.test(text) ? redactJson(text) : redactText(text);
}
