/** Which exporter `--format` names: one of ours, a layout of accounts.yaml, or a file with one of the person's own. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExportError, OfxSyncError, UsageError } from '../../errors.js';
import { exporters, layoutExporter } from '../../exporters/index.js';
import type { Config } from '../../model/institution.js';
import { nearest } from '../../model/nearest.js';
import type { Exporter, ExportInput } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { textOption } from '../command/context.js';

/** @throws UsageError with the nearest name; ExportError for a file that has no exporter. */
export async function exporterOf(invocation: Invocation, config: Config): Promise<Exporter> {
  const format = textOption(invocation, 'format');
  const known: Readonly<Record<string, Exporter>> = exporters;
  const layouts = config.exportConfig?.csvLayouts ?? new Map();
  const names = [...Object.keys(known), ...layouts.keys()];
  if (format === undefined) throw new UsageError('export needs a format', `One of: --format ${names.join(', ')}`);
  if (/[\\/]/.test(format)) return loadExporter(resolve(invocation.io.cwd, format), format);
  // A layout of the person's own comes before one of ours with the same name.
  const layout = layouts.get(format);
  if (layout !== undefined) return layoutExporter(format, layout);
  const exporter = Object.hasOwn(known, format) ? known[format] : undefined;
  if (exporter !== undefined) return exporter;
  const near = nearest(format, names);
  throw new UsageError(
    `there is no format ${JSON.stringify(format)}`,
    near === null ? `One of: ${names.join(', ')}; or a file: ./my-format.js` : `Did you mean --format ${near}?`,
  );
}

/** A module of the person's own: it runs with all rights of this program, as its author knows. */
async function loadExporter(path: string, shown: string): Promise<Exporter> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (cause) {
    // Which of our files asked for it is of no use to anybody.
    const why = (cause instanceof Error ? cause.message : String(cause)).replace(/ imported from .*/s, '');
    throw new ExportError(`${shown} cannot be loaded: ${why}`, {
      cause,
      hint: 'See "A format of your own" in docs/export.md.',
    });
  }
  const found = [module['exporter'], module['default']].find(isExporter);
  if (found !== undefined) return { ...found, render: (input) => careful(found, input, shown) };
  throw new ExportError(`${shown} has no exporter`, {
    hint: 'Export one: export const exporter = { format, title, extension, *render({ transactions }) { … } }',
  });
}

/** A mistake of the person's own module is told as theirs. */
function* careful(exporter: Exporter, input: ExportInput, shown: string): Iterable<string> {
  try {
    for (const text of exporter.render(input)) {
      if (typeof text !== 'string') throw new TypeError(`render gave ${text === null ? 'null' : typeof text}, no text`);
      yield text;
    }
  } catch (cause) {
    if (cause instanceof OfxSyncError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError(`${shown} failed: ${why}`, {
      cause,
      hint: 'See "A format of your own" in docs/export.md; --verbose shows the place.',
    });
  }
}

function isExporter(value: unknown): value is Exporter {
  if (typeof value !== 'object' || value === null) return false;
  const has = (key: string, type: string) => typeof Reflect.get(value, key) === type;
  return has('format', 'string') && has('title', 'string') && has('extension', 'string') && has('render', 'function');
}
