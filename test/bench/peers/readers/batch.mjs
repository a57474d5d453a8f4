/** Reads many files with one process of a reader; one file that never ends, or ends the process, costs only itself. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A file of kilobytes takes milliseconds. */
const LIMIT_MS = 10_000;

/** Returns `{ rows, warning }`, or `{ error }`, for each path. */
export async function readAll(command, paths, env = {}) {
  const results = [];
  while (results.length < paths.length) results.push(...(await readSome(command, paths.slice(results.length), env)));
  return results;
}

/** Returns the results up to the first file that the process did not survive, and that one. */
function readSome([file, args], paths, env) {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, TZ: 'UTC', ...env } });
  const results = [];
  child.stdin.on('error', () => undefined);
  return new Promise((resolve) => {
    let timer;
    const expire = () => {
      results.push({ error: null, why: `did not end in ${LIMIT_MS / 1000} s` });
      child.removeAllListeners('close');
      child.kill('SIGKILL');
      resolve(results);
    };
    const next = () => {
      clearTimeout(timer);
      if (results.length === paths.length) return child.stdin.end();
      timer = setTimeout(expire, LIMIT_MS);
      child.stdin.write(`${paths[results.length]}\n`);
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      results.push(JSON.parse(line));
      next();
    });
    child.on('close', () => {
      clearTimeout(timer);
      if (results.length < paths.length) results.push({ error: null, why: 'ended the process' });
      resolve(results);
    });
    next();
  });
}
