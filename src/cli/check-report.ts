/**
 * `check --report FILE`: all that a check found, in one file that may be shown to strangers. Passwords, user ids, account
 * numbers, names and sums are not in it; a test looks for them.
 */

import { rename, rm, writeFile } from 'node:fs/promises';
import type { Checked } from '../check/check.js';
import { UsageError } from '../errors.js';
import { maskedId } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import { redactOfx, redactText } from '../ofx/redact.js';
import { withoutSecrets } from '../ofx/request.js';
import type { Login, Reply } from '../ports.js';
import { previewRequests } from '../preview.js';
import { version } from '../version.js';
import { stepJson } from './check-lines.js';
import type { Invocation } from './commands.js';
import { type Explanation, explanationJson } from './explain.js';
import { write } from './io.js';
import { visible } from './visible.js';

export interface ReportInput {
  readonly config: Config;
  readonly checked: readonly Checked[];
  readonly explanations: readonly Explanation[];
  readonly replies: ReadonlyMap<string, readonly Reply[]>;
  readonly logins: readonly Login[];
}

const LONGEST_REPLY = 65_536;

/** Whole or not at all, readable by its owner alone until the owner decides otherwise. @throws UsageError */
export async function writeReport(file: string, input: ReportInput, invocation: Invocation): Promise<void> {
  const { io, options } = invocation;
  const text = await reportText(input, invocation);
  const scratch = `${file}.${io.pid}.tmp`;
  try {
    await writeFile(scratch, text, { mode: 0o600, flag: 'wx' });
    await rename(scratch, file);
  } catch (error) {
    await rm(scratch, { force: true });
    throw new UsageError(
      `the report cannot be written to ${file}${error instanceof Error ? ` (${error.message})` : ''}`,
      'Name a file in a folder that you may write to.',
    );
  }
  if (options.quiet !== true)
    await write(
      io.stderr,
      `report: ${visible(file)} (without passwords, names, numbers and sums; read it before you send it)\n`,
    );
}

async function reportText(input: ReportInput, { io }: Invocation): Promise<string> {
  const { config, checked, explanations, replies } = input;
  const names = checked.flatMap(({ institution }) => (institution.accounts.length === 0 ? [] : [institution.name]));
  const requests = await previewRequests(config, { names, windows: {}, store: null, now: io.now });
  const report = {
    version: 1,
    program: { name: 'ofx-sync', version: version(), platform: io.platform },
    at: io.now().toISOString(),
    institutions: checked.map(({ institution, steps }) => ({
      steps: steps.map(stepJson),
      explanation: explanations.filter(({ name }) => name === institution.name).map(explanationJson),
      requests: requests
        .filter((one) => one.institution === institution.name)
        .map(({ text }) => redactOfx(text).split(/\r?\n/)),
      replies: (replies.get(institution.name) ?? []).map(replyJson),
    })),
  };
  const secrets = input.logins.flatMap(({ userId, password, clientUid, extras }) => [
    userId,
    password,
    ...[clientUid, extras?.userCred1, extras?.userCred2, extras?.accessKey, extras?.sessionCookie].flatMap(
      (one) => one ?? [],
    ),
  ]);
  return checked.reduce(
    (text, { institution }) => withoutNumbersOf(text, institution),
    withoutSecrets(`${JSON.stringify(report, null, 2)}\n`, secrets),
  );
}

function replyJson({ body, httpStatus, origin }: Reply): object {
  const text = new TextDecoder('latin1').decode(body.subarray(0, LONGEST_REPLY));
  const isOfx = /<OFX>/i.test(text);
  return {
    origin,
    httpStatus,
    bytes: body.byteLength,
    text: isOfx ? redactOfx(text).split(/\r?\n/) : redactText(text),
  };
}

/** Configured numbers and a user id that stands in the file, wherever they came along. */
function withoutNumbersOf(text: string, { accounts, userId }: Institution): string {
  const user = userId?.scheme === 'plain' && userId.value.length >= 3 ? [[userId.value, '[user id]'] as const] : [];
  const numbers = accounts.filter(({ id }) => id.length >= 4).map(({ id }) => [id, maskedId(id)] as const);
  return [...numbers, ...user]
    .map(([value, mask]) => [JSON.stringify(value).slice(1, -1), mask] as const)
    .toSorted(([a], [b]) => b.length - a.length)
    .reduce((left, [value, mask]) => left.replaceAll(value, mask), text);
}
