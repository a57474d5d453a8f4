/** The options of `export`, read and checked against each other before anything is opened. */

import { UsageError } from '../../errors.js';
import { defaultSettings, type ExportJob } from '../../exporters/input.js';
import type { Exporter } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { consumerOption, textOption, windowOption } from '../command/context.js';

export interface ExportRequest extends ExportJob {
  /** `null` for standard output. */
  readonly output: string | null;
  /** A file for each account in a folder, named by a pattern. */
  readonly perAccount: { readonly folder: string; readonly pattern: string } | null;
  /** Several accounts in one file of a format whose readers mix them up. */
  readonly together: boolean;
  /** `false`: only what changed. */
  readonly isNew: boolean;
  /** What changed or was removed since the consumer had it. */
  readonly changes: boolean;
  readonly dryRun: boolean;
}

/** @throws UsageError */
export function exportRequest(invocation: Invocation, exporter: Exporter): ExportRequest {
  const { options, io } = invocation;
  const output = textOption(invocation, 'output');
  const named = consumerOption(invocation);
  const [isNew, changes] = [options['new'] === true, options['changes'] === true];
  const { since = null, until = null } = windowOption(invocation);
  const request: ExportRequest = {
    exporter,
    since,
    until,
    output: output === undefined || output === '-' ? null : output,
    perAccount: perAccountOf(invocation),
    together: options['together'] === true,
    append: options['append'] === true,
    consumer: isNew || changes ? (named ?? exporter.format) : null,
    isNew: isNew || !changes,
    changes,
    dryRun: options['dryRun'] === true,
    openings: options['openings'] !== false,
    settings: {
      ...defaultSettings(io.now()),
      since,
      until,
      ofxVersion: ofxVersionOf(invocation),
      header: options['header'] !== false,
      guardFormulas: options['guardFormulas'] === true,
      assertions: options['assertions'] !== false,
      declarations: options['declarations'] !== false,
    },
  };
  checkTogether(request, named);
  return request;
}

function checkTogether(request: ExportRequest, named: string | undefined): void {
  const { exporter, append, output, perAccount, consumer, until, isNew, changes } = request;
  if (changes && isNew && !canMix(exporter))
    throw new UsageError(
      `${exporter.format} cannot hold new and changed transactions together`,
      'Ask for the changes alone: --changes without --new',
    );
  if (perAccount !== null && output !== null) throw new UsageError('--output and --output-dir exclude each other');
  if (append && exporter.appendable !== true)
    throw new UsageError(`${exporter.format} cannot be appended to`, 'Without --append the file is written anew.');
  if (append && output === null && perAccount === null)
    throw new UsageError('--append needs a file', 'Name it: --output FILE');
  if (consumer === null && named !== undefined)
    throw new UsageError('--consumer goes with --new or --changes', 'Without these everything is handed on.');
  if (consumer !== null && until !== null)
    throw new UsageError('--new and --until exclude each other', 'What is later would count as handed on.');
}

/** Journals take changes as comments, JSON Lines as lines of their own. */
function canMix({ format, wantsOpenings }: Exporter): boolean {
  return wantsOpenings === true || format === 'ndjson';
}

function perAccountOf(invocation: Invocation): ExportRequest['perAccount'] {
  const folder = textOption(invocation, 'outputDir');
  const pattern = textOption(invocation, 'name');
  if (folder === undefined) {
    if (pattern !== undefined) throw new UsageError('--name goes with --output-dir');
    return null;
  }
  if (pattern !== undefined && !/\{account\}/.test(pattern))
    throw new UsageError('--name needs {account} in it', 'Such as: --name {institution}-{account}');
  if (pattern !== undefined && /[\\/\u0000-\u001f]/.test(pattern))
    throw new UsageError('--name takes a name and no path', 'The folder goes to --output-dir.');
  return { folder, pattern: pattern ?? '{institution}-{account}' };
}

function ofxVersionOf(invocation: Invocation): '102' | '203' {
  const version = textOption(invocation, 'ofxVersion') ?? '203';
  if (version !== '102' && version !== '203')
    throw new UsageError(`--ofx-version takes 203 or 102, not ${JSON.stringify(version)}`);
  return version;
}
