/** Writes accounts.yaml: checks the new text first, then replaces the file completely or not at all. */

import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../errors.js';
import { type LoadOptions, loadConfigText } from '../load.js';

/** Reads the unchanged text; `''` when the file does not exist yet. */
export async function readConfigText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return '';
    throw notWritable(file, error);
  }
}

/**
 * Replaces the text that was read by the changed one, keeping the permissions of the file (0600 for a new one).
 * @throws ConfigError when the result is invalid, another program changed the file meanwhile, or it cannot be written. The
 * file is then unchanged.
 */
export async function writeConfigText(
  file: string,
  text: { readonly before: string; readonly after: string },
  options: LoadOptions,
): Promise<void> {
  await loadConfigText(text.after, file, options);
  try {
    const target = text.before === '' ? file : await realpath(file);
    const mode = text.before === '' ? 0o600 : (await stat(target)).mode & 0o777;
    const scratch = join(dirname(target), `.accounts-${Math.trunc(performance.now() * 1000).toString(36)}.tmp`);
    const handle = await open(scratch, 'wx', mode);
    try {
      await handle.writeFile(text.after, 'utf8');
      await handle.chmod(mode);
      await handle.sync();
      await handle.close();
      if ((await readConfigText(file)) !== text.before) throw changedMeanwhile(file);
      await rename(scratch, target);
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(scratch, { force: true });
      throw error;
    }
  } catch (error) {
    throw error instanceof ConfigError ? error : notWritable(file, error);
  }
}

function changedMeanwhile(file: string): ConfigError {
  return new ConfigError(
    'CONFIG_INVALID',
    `${file} was changed by another program at the same time; nothing was written`,
    {
      file,
      hint: 'Run again.',
    },
  );
}

function notWritable(file: string, cause: unknown): ConfigError {
  return new ConfigError('CONFIG_INVALID', `${file} cannot be written; it is unchanged`, {
    file,
    cause,
    hint: 'Check the permissions of the file and of its folder.',
  });
}
