/**
 * `ofx-sync check --offline`: checks the configuration, that every secret is available, and this machine. It sends
 * nothing, runs no command and shows no secret.
 */

import { dirname } from 'node:path';
import { type OfxSyncError, toOfxSyncError } from '../../errors.js';
import { type Institution, secretReferences } from '../../model/institution.js';
import type { SecretReference } from '../../model/secret.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { configToRead } from '../command/context.js';
import { EXIT, exitOfCounts } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { mayUse, notTrusted } from '../command/trust.js';
import { visible } from '../terminal/escape.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { write } from '../terminal/io.js';
import { plural } from '../terminal/wording.js';
import { machineFindings, machineLines } from './machine.js';

interface FieldCheck {
  readonly field: string;
  readonly scheme: SecretReference['scheme'];
  readonly error: OfxSyncError | null;
}

export async function checkOffline(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const { config, source } = await configToRead(invocation);
  const refusal = mayUse(source, io) ? null : notTrusted(source.file);
  const chosen = new Set(chosenAccounts(config, words).map(({ institution }) => institution));
  const institutions = config.institutions.filter(({ name }) => chosen.has(name));
  const checks = await Promise.all(
    institutions.map(async (institution) => ({
      institution,
      fields: await secretsOf(institution, { baseDir: dirname(config.file), refusal }, invocation),
    })),
  );
  const machine = words.length === 0 ? await machineFindings(config.file, invocation) : [];
  if (options.json === true) {
    const list = checks.map(({ institution, fields }) => ({
      institution: institution.name,
      accounts: institution.accounts.length,
      secrets: fields.map(({ field, scheme, error }) => ({
        field,
        scheme,
        status: error === null ? 'ok' : 'failed',
        error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
      })),
    }));
    await printJson(io, { version: 1, config: config.file, institutions: list, machine });
  } else if (options.quiet !== true) {
    await write(io.stdout, `${config.file}: ${plural(config.institutions.length, 'institution')}, no errors\n`);
    for (const { institution, fields } of checks) await write(io.stdout, lines(institution, fields));
    await write(io.stdout, machineLines(machine));
  } else await write(io.stdout, machineLines(machine.filter(({ ok }) => !ok)));
  const failed = checks.filter(({ fields }) => fields.some(({ error }) => error !== null)).length;
  return failed === 0 && !machine.every(({ ok }) => ok) ? EXIT.someFailed : exitOfCounts(failed, checks.length);
}

interface Lookup {
  readonly baseDir: string;
  /** The reason why nothing may be looked up; `null` for a trusted configuration. */
  readonly refusal: OfxSyncError | null;
}

async function secretsOf(institution: Institution, lookup: Lookup, { io }: Invocation): Promise<FieldCheck[]> {
  const [{ resolveSecret }, { requireProgram }] = await Promise.all([
    import('../../secrets/index.js'),
    import('../../secrets/command.js'),
  ]);
  const prompt = askHidden(io);
  return Promise.all(
    secretReferences(institution).map(async ([field, reference]) => {
      const { scheme } = reference;
      if (scheme === 'plain' || scheme === 'literal') return { field, scheme, error: null };
      if (lookup.refusal !== null) return { field, scheme, error: lookup.refusal };
      // A secret that a person types on request cannot be missing.
      if (scheme === 'prompt' && prompt !== null) return { field, scheme, error: null };
      const context = { institution: institution.name, field, env: io.env, baseDir: lookup.baseDir, signal: io.signal };
      const found = scheme === 'command' ? requireProgram(reference, context) : resolveSecret(reference, context);
      return found.then(
        () => ({ field, scheme, error: null }),
        (error: unknown) => ({ field, scheme, error: toOfxSyncError(error) }),
      );
    }),
  );
}

function lines(institution: Institution, fields: readonly FieldCheck[]): string {
  const head = `${visible(institution.name)}: ${plural(institution.accounts.length, 'account')}, ${visible(institution.url ?? institution.files?.join(', ') ?? '')}\n`;
  const body = fields.map(
    ({ field, scheme, error }) =>
      `  ${error === null ? '✓' : '✗'} ${field} (${scheme})${error === null ? `: ${scheme === 'command' ? 'runs only when it is needed' : 'found'}` : `: ${visible(error.message)}\n    ${visible(error.hint ?? '')}`}\n`,
  );
  return head + body.join('');
}
