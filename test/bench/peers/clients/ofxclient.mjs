import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listedIn, run } from '../lab.mjs';

/** ofxclient 2.0 of Debian: https only, all accounts into one file. */
export const ofxclient = {
  name: 'ofxclient',
  wantsTls: true,
  stores: true,
  version: async () =>
    (await run(['/usr/bin/python3', ['-c', 'import ofxclient.version as v; print(v.__version__)']])).stdout.trim(),
  setUp: async (dir, banks) => writeOfxclientConfig(dir, banks),
  command: (dir) => downloading(dir, 'all'),
  alone: (dir, { name }) => downloading(dir, name, '-a', name),
  timer: (dir) => ofxclient.command(dir),
  loud: (dir) => ['/usr/bin/ofxclient', ['-v', ...ofxclient.command(dir)[1]]],
  env: pythonEnvironment,
  fresh: (dir) => {
    for (const path of filesOf(dir)) rmSync(path);
  },
  outputs: async (dir) => [{ format: 'ofx', path: join(dir, 'all.ofx') }],
  kept: async (dir) => filesOf(dir).flatMap((path) => byAccount(readFileSync(path, 'utf8'))),
};

function downloading(dir, name, ...more) {
  const [config, path] = [join(dir, 'given', 'ofxclient.ini'), join(dir, `${name}.ofx`)];
  return ['/usr/bin/ofxclient', ['-c', config, '-d', path, '--download-days', '30', ...more]];
}

function filesOf(dir) {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.ofx'))
    .map((name) => join(dir, name));
}

/** By the account of each statement. */
function byAccount(text) {
  return text.split(/(?=<STMTRS>)/).flatMap((part) => {
    const [, account] = /<ACCTID>(\d+)/.exec(part) ?? [];
    return account === undefined ? [] : listedIn(part).map((one) => ({ ...one, account }));
  });
}

export function pythonEnvironment(dir, ca) {
  return {
    HOME: join(dir, 'home'),
    SSL_CERT_FILE: ca,
    PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
    PYTHONWARNINGS: 'ignore',
  };
}

/** Without a keyring, which this machine need not have, the two secrets stand in the file. */
export function writeOfxclientConfig(dir, banks) {
  for (const name of ['given', 'home']) mkdirSync(join(dir, name), { recursive: true });
  const section = ({ name, url, user, password, org, fid, account, routing }) => {
    const client = {
      accept: '*/*, application/x-ofx',
      app_id: 'QWIN',
      app_version: '2500',
      id: 'f'.repeat(32),
      ofx_version: '103',
      user_agent: 'httpclient',
    };
    const institution = {
      broker_id: '!!False!!',
      description: name,
      id: fid,
      local_id: name,
      org,
      password,
      url,
      username: user,
    };
    const lines = [
      `[${name}]`,
      'account_type = CHECKING',
      `description = ${name}`,
      ...Object.entries(institution).map(([key, value]) => `institution.${key} = ${value}`),
      ...Object.entries(client).map(([key, value]) => `institution.client_args.${key} = ${value}`),
      `local_id = ${name}`,
      `number = ${account}`,
      `routing_number = ${routing}`,
    ];
    return `${lines.join('\n')}\n`;
  };
  writeFileSync(join(dir, 'given', 'ofxclient.ini'), banks.map(section).join('\n'), { mode: 0o600 });
}
