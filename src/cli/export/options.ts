/** The options of `export`, read and checked against each other before anything is opened. */

import { UsageError } from '../../errors.js';
import { defaultSettings, type ExportJob } from '../../exporters/input.js';
import type { Exporter } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { consumerOption, textOption, windowOption } from '../command/context.js';

export interface ExportRequest extends ExportJob {
  /** `null` for standard output. */
  readonly output: string | null;
  /** The folder for a file per account, and the pattern of their names. */
  readonly perAccount: { readonly folder: string; readonly pattern: string } | null;
  /** Writes several accounts into one file of a format whose readers mix them up. */
  readonly together: boolean;
  /** `false` writes the changes only. */
  readonly isNew: boolean;
  /** Adds transactions that changed or were removed after the consumer had received them. */
  readonly changes: boolean;
  readonly dryRun: boolean;
  /** Replaces a file that holds something by what is new. */
  readonly overwrite: boolean;
  /** The answer for a store that is older than the last export; `null` asks. */
  readonly ifOlder: IfOlder | null;
}

export type IfOlder = 'repeat' | 'skip';

/** Reads the options. @throws UsageError */
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
    overwrite: options['overwrite'] === true,
    ifOlder: ifOlderOf(invocation),
    openings: options['openings'] !== false,
    standsAlone: options['openings'] === true,
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
  checkCombinations(request, named);
  return request;
}

function ifOlderOf(invocation: Invocation): IfOlder | null {
  const what = textOption(invocation, 'ifOlder');
  if (what === undefined) return null;
  if (invocation.options['new'] !== true) throw new UsageError('--if-older requires --new');
  if (what !== 'repeat' && what !== 'skip')
    throw new UsageError(`--if-older takes repeat or skip, not ${JSON.stringify(what)}`);
  return what;
}

function checkCombinations(request: ExportRequest, named: string | undefined): void {
  const { exporter, append, overwrite, output, perAccount, consumer, until, isNew, changes } = request;
  if (changes && isNew && !canMix(exporter))
    throw new UsageError(
      `${exporter.format} cannot hold new and changed transactions together`,
      'Export the changes alone: --changes without --new',
    );
  if (perAccount !== null && output !== null) throw new UsageError('--output and --output-dir exclude each other');
  if (append && exporter.appendable !== true)
    throw new UsageError(`--append does not work with ${exporter.format}`, 'Without --append the file is replaced.');
  if (append && overwrite) throw new UsageError('--append and --overwrite exclude each other');
  if (append && output === null && perAccount === null)
    throw new UsageError('--append needs a file', 'Name it: --output FILE');
  if (consumer === null && named !== undefined)
    throw new UsageError('--consumer requires --new or --changes', 'Without them everything is exported.');
  if (consumer !== null && until !== null)
    throw new UsageError('--new and --until exclude each other', 'Later transactions would count as exported.');
}

/** Returns true for formats that hold changes beside transactions: journals as comments, JSON Lines as lines of their own. */
function canMix({ format, wantsOpenings }: Exporter): boolean {
  return wantsOpenings === true || format === 'ndjson';
}

function perAccountOf(invocation: Invocation): ExportRequest['perAccount'] {
  const folder = textOption(invocation, 'outputDir');
  const pattern = textOption(invocation, 'name');
  if (folder === undefined) {
    if (pattern !== undefined) throw new UsageError('--name requires --output-dir');
    return null;
  }
  if (pattern !== undefined && !/\{account\}/.test(pattern))
    throw new UsageError('--name must contain {account}', 'For example: --name {institution}-{account}');
  const [unknown] = pattern?.match(/\{(?!(?:institution|account)\})[^{}]*\}/) ?? [];
  if (unknown !== undefined)
    throw new UsageError(`--name has no place ${unknown}`, 'The places are {institution} and {account}.');
  if (pattern !== undefined && /[\\/\u0000-\u001f]/.test(pattern))
    throw new UsageError('--name takes a file name, not a path', 'Name the folder with --output-dir.');
  return { folder, pattern: pattern ?? '{institution}-{account}' };
}

function ofxVersionOf(invocation: Invocation): '102' | '203' {
  const version = textOption(invocation, 'ofxVersion') ?? '203';
  if (version !== '102' && version !== '203')
    throw new UsageError(`--ofx-version takes 203 or 102, not ${JSON.stringify(version)}`);
  return version;
}
