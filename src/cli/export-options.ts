/** The options of `export`, read and checked against each other before anything is opened. */

import { UsageError } from '../errors.js';
import { exporters } from '../exporters/index.js';
import { addDays, type IsoDate, localDate } from '../model/dates.js';
import { nearest } from '../model/nearest.js';
import type { Exporter, ExportSettings } from '../ports.js';
import type { Invocation } from './commands.js';
import { dayOption, textOption } from './setting.js';

export interface ExportRequest {
  readonly exporter: Exporter;
  readonly since: IsoDate | null;
  readonly until: IsoDate | null;
  /** `null` for standard output. */
  readonly output: string | null;
  readonly append: boolean;
  /** Whose mark chooses and is moved; `null` for everything. */
  readonly consumer: string | null;
  readonly dryRun: boolean;
  readonly settings: ExportSettings;
}

/** @throws UsageError */
export function exportRequest(invocation: Invocation): ExportRequest {
  const { options, io } = invocation;
  const exporter = exporterOf(invocation);
  const output = textOption(invocation, 'output');
  const { since, until } = windowOf(invocation);
  const request: ExportRequest = {
    exporter,
    since,
    until,
    output: output === undefined || output === '-' ? null : output,
    append: options['append'] === true,
    consumer: options['new'] === true ? (textOption(invocation, 'consumer') ?? exporter.format) : null,
    dryRun: options['dryRun'] === true,
    settings: {
      writtenAt: io.now(),
      until,
      header: options['header'] !== false,
      guardFormulas: options['guardFormulas'] === true,
      assertions: options['assertions'] !== false,
      declarations: options['declarations'] !== false,
      declared: new Set(),
    },
  };
  checkTogether(request, textOption(invocation, 'consumer'));
  return request;
}

function checkTogether({ exporter, append, output, consumer, until }: ExportRequest, named: string | undefined): void {
  if (append && exporter.appendable !== true)
    throw new UsageError(`${exporter.format} cannot be appended to`, 'Without --append the file is written anew.');
  if (append && output === null) throw new UsageError('--append needs a file', 'Name it: --output FILE');
  if (consumer === null && named !== undefined)
    throw new UsageError('--consumer goes with --new', 'Without --new everything is handed on, and no mark is moved.');
  if (consumer !== null && !/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(consumer))
    throw new UsageError('--consumer takes a name of letters, digits, dots, dashes and underscores');
  if (consumer !== null && until !== null)
    throw new UsageError('--new and --until exclude each other', 'What is later would count as handed on.');
}

function exporterOf(invocation: Invocation): Exporter {
  const format = textOption(invocation, 'format');
  const known: Readonly<Record<string, Exporter>> = exporters;
  const names = Object.keys(known);
  if (format === undefined) throw new UsageError('export needs a format', `One of: --format ${names.join(', ')}`);
  const exporter = Object.hasOwn(known, format) ? known[format] : undefined;
  if (exporter !== undefined) return exporter;
  const near = nearest(format, names);
  throw new UsageError(
    `there is no format ${JSON.stringify(format)}`,
    near === null ? `One of: ${names.join(', ')}` : `Did you mean --format ${near}?`,
  );
}

function windowOf(invocation: Invocation): { since: IsoDate | null; until: IsoDate | null } {
  const today = localDate(invocation.io.now());
  const day = (name: string): IsoDate | null => {
    const given = dayOption(invocation, name);
    return typeof given === 'object' ? addDays(today, -given.days) : (given ?? null);
  };
  const [since, until] = [day('since'), day('until')];
  if (since !== null && until !== null && since > until) throw new UsageError('--since is later than --until');
  return { since, until };
}
