/** The exporter that `--format` names: a built-in one, a CSV layout of accounts.yaml, or a module of the user. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExportError, OfxSyncError, UsageError } from '../../errors.js';
import { exporters, layoutExporter } from '../../exporters/index.js';
import type { Config } from '../../model/institution.js';
import { didYouMean } from '../../model/nearest.js';
import type { Exporter, ExportInput } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { textOption } from '../command/context.js';

/** Returns the exporter. @throws UsageError with the nearest name; ExportError for a module without an exporter. */
export async function exporterOf(invocation: Invocation, config: Config): Promise<Exporter> {
  const format = textOption(invocation, 'format');
  const known: Readonly<Record<string, Exporter>> = exporters;
  const layouts = config.exportConfig?.csvLayouts ?? new Map();
  const names = [...Object.keys(known), ...layouts.keys()];
  if (format === undefined) {
    const typed = invocation.words.find((word) => names.includes(word));
    throw new UsageError(
      'export needs a format',
      typed === undefined ? `One of: --format ${names.join(', ')}` : `Did you mean: ofx-sync export --format ${typed}?`,
    );
  }
  if (/[\\/]/.test(format)) return loadExporter(resolve(invocation.io.cwd, format), format);
  // A layout of accounts.yaml comes before a built-in format of the same name.
  const layout = layouts.get(format);
  if (layout !== undefined) return layoutExporter(format, layout);
  const exporter = Object.hasOwn(known, format) ? known[format] : undefined;
  if (exporter !== undefined) return exporter;
  throw new UsageError(
    `unknown format ${JSON.stringify(format)}`,
    didYouMean(format, names, `One of: ${names.join(', ')}; or a file: ./my-format.js`, '--format '),
  );
}

/** Loads a module of the user, which runs with all rights of this program. */
async function loadExporter(path: string, shown: string): Promise<Exporter> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (cause) {
    // Node also names the importing file of ofx-sync, which does not help the user.
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/ imported from .*/s, '');
    throw new ExportError(`${shown} cannot be loaded: ${reason}`, {
      cause,
      hint: 'See "A format of your own" in docs/export.md.',
    });
  }
  const found = [module['exporter'], module['default']].find(isExporter);
  if (found !== undefined) return { ...found, render: (input) => renderWith(found, input, shown) };
  throw new ExportError(`${shown} does not export an exporter`, {
    hint: 'Add one: export const exporter = { format, title, extension, *render({ transactions }) { … } }',
  });
}

/** Renders with the exporter of a user's module; an error names that module. */
function* renderWith(exporter: Exporter, input: ExportInput, shown: string): Iterable<string> {
  try {
    for (const text of exporter.render(input)) {
      if (typeof text !== 'string')
        throw new TypeError(`render gave ${text === null ? 'null' : typeof text} instead of text`);
      yield text;
    }
  } catch (cause) {
    if (cause instanceof OfxSyncError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError(`${shown} failed: ${reason}`, {
      cause,
      hint: 'See "A format of your own" in docs/export.md; --verbose shows the line.',
    });
  }
}

function isExporter(value: unknown): value is Exporter {
  if (typeof value !== 'object' || value === null) return false;
  const has = (key: string, type: string) => typeof Reflect.get(value, key) === type;
  return has('format', 'string') && has('title', 'string') && has('extension', 'string') && has('render', 'function');
}
