/**
 * `check --report FILE`: writes all that a check found into one file that may be shown to strangers. It holds no passwords,
 * user ids, account numbers, names or amounts; a test searches for them.
 */

import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Checked } from '../../check/check.js';
import { mapStrings, type Redactor, redactorFor } from '../../check/redact.js';
import { UsageError } from '../../errors.js';
import type { Config } from '../../model/institution.js';
import { redactOfx, redactText, withoutLongNumbers } from '../../ofx/write/redact.js';
import type { Login, Reply } from '../../ports.js';
import { previewRequests } from '../../sync/dry-run.js';
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
}

const LONGEST_REPLY = 65_536;

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
      `report written to ${visible(name)}, without passwords, names, numbers and amounts; read it before you send it\n`,
    );
}

async function reportText(input: ReportInput, { io }: Invocation): Promise<string> {
  const { config, checked, explanations, replies } = input;
  const names = checked.flatMap(({ institution }) => (institution.accounts.length === 0 ? [] : [institution.name]));
  const requests = await previewRequests(
    config,
    { names, windows: {}, store: null },
    dryRunPorts({ config, store: null, now: io.now }),
  );
  const redact = redactorFor(
    checked.map(({ institution }) => institution),
    input.logins,
  );
  const report = {
    version: 1,
    program: { name: 'ofx-sync', version: version(), platform: io.platform },
    at: io.now().toISOString(),
    institutions: checked.map(({ institution, steps }) => ({
      steps: mapStrings(steps.map(stepJson), (text) => withoutLongNumbers(redact(text))),
      explanation: mapStrings(
        explanations
          .filter(({ name }) => name === institution.name && institution.program === undefined)
          .map(explanationJson),
        redact,
      ),
      requests: requests
        // The line of a command is a person's own text, of which nobody knows what is private.
        .filter((one) => one.institution === institution.name && institution.program === undefined)
        .map(({ text }) => redactOfx(redact(text)).split(/\r?\n/)),
      replies: (replies.get(institution.name) ?? []).map((reply) => replyJson(reply, redact)),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Removes private values before digits are masked: afterwards they would not be found. */
function replyJson({ body, httpStatus, origin }: Reply, redact: Redactor): object {
  const text = redact(new TextDecoder('latin1').decode(body)).slice(0, LONGEST_REPLY);
  const isOfx = /<OFX>/i.test(text);
  return {
    origin: redact(origin),
    httpStatus,
    bytes: body.byteLength,
    text: isOfx ? redactOfx(text).split(/\r?\n/) : redactText(text),
  };
}
