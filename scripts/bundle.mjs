/**
 * Makes the program of few files, with the packages that it uses inside: `bin.cjs` and the parts that a command loads when it
 * needs them. CommonJS, since Node starts it in two thirds of the time. The compiled modules beside it are the library.
 *
 *     node scripts/bundle.mjs [FOLDER] [--maps]    where FOLDER (dist) has what tsc compiled
 */

import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import * as yaml from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const withMaps = words.includes('--maps');
const folder = resolve(words.find((word) => !word.startsWith('--')) ?? join(ROOT, 'dist'));

/** The program, and the thread that it starts for large replies. */
const ENTRIES = { bin: 'src/bin.ts', 'large-reply-thread': 'src/sources/large-reply-thread.ts' };
/** Packages with code for one kind of machine stay packages. */
const OUTSIDE = [/^node:/, 'keytar', '@photostructure/sqlite'];

/**
 * After one answer Node 20 begins to optimize the parser of HTTP, which takes a core 0.1 s, and waits for it at the end. The limit
 * counts for what is compiled while it is set; as it was before, since code that is kept fits the same settings only.
 */
const LATER_OPTIMIZED = `function lazyllhttp () {
  if (!process.version.startsWith('v20.')) return llhttpOfAnyNode()
  const { setFlagsFromString } = require('node:v8')
  setFlagsFromString('--wasm-tiering-budget=180000000')
  try {
    return llhttpOfAnyNode()
  } finally {
    setFlagsFromString('--wasm-tiering-budget=1800000')
  }
}

function llhttpOfAnyNode () {`;

/** What a package does when it is loaded, though few commands need it, is done later, or not at all. */
const later = {
  name: 'later',
  resolveId(name, importer) {
    // A configuration that was checked before is not parsed.
    if (name === 'yaml' && importer?.includes('/src/')) return '\0yaml-later';
    // Only texts with characters of unknown width are measured; its patterns of emoji alone take a fifth of a start.
    if (name === 'string-width' && importer?.endsWith('table.ts')) return '\0string-width-later';
    // Requests to banks need neither its fetch nor its caches and mocks; webhooks and budgets need its fetch.
    return name === 'undici' && importer?.endsWith('connections.ts') ? '\0undici-agents' : null;
  },
  load(id) {
    if (id === '\0yaml-later') {
      const names = JSON.stringify(Object.keys(yaml).filter((name) => name !== 'default'));
      return `for (const name of ${names}) Object.defineProperty(exports, name, { enumerable: true, get: () => require('yaml')[name] });`;
    }
    if (id === '\0string-width-later') return `module.exports = (text) => require('string-width').default(text);`;
    // Offered by no setting of ours; its codes of HTTP/2 alone load more of Node than all that HTTP/1 needs.
    if (id.endsWith('/undici/lib/dispatcher/client-h2.js'))
      return `module.exports = () => { throw new Error('HTTP/2 is not offered'); };`;
    if (id !== '\0undici-agents') return null;
    const path = (file) => JSON.stringify(join(ROOT, 'node_modules/undici/lib', file));
    return `
      const Dispatcher = require(${path('dispatcher/dispatcher.js')});
      Dispatcher.prototype.connect = require(${path('api/api-connect.js')});
      exports.buildConnector = require(${path('core/connect.js')});
      exports.Agent = require(${path('dispatcher/agent.js')});
      exports.ProxyAgent = require(${path('dispatcher/proxy-agent.js')});`;
  },
  transform(code, id) {
    if (id.endsWith('/undici/lib/dispatcher/client-h1.js'))
      return { code: replaced(code, 'function lazyllhttp () {', LATER_OPTIMIZED), map: null };
    if (!id.endsWith('/string-width/index.js')) return null;
    const own = '{ segment: (text) => (segmenter.own ??= new Intl.Segmenter()).segment(text) }';
    return { code: replaced(code, 'new Intl.Segmenter()', own), map: null };
  },
};

for (const name of readdirSync(folder)) if (/\.cjs(?:\.map)?$/.test(name)) rmSync(join(folder, name));
const bundle = await rolldown({
  cwd: ROOT,
  input: ENTRIES,
  platform: 'node',
  external: OUTSIDE,
  plugins: [later],
  tsconfig: 'tsconfig.json',
  transform: { target: 'node20' },
  onLog: (_level, log, handle) => {
    // Modules that one command loads later and another at once are in the part of the latter.
    if (log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') handle('error', log);
  },
});
const { output } = await bundle.write({
  dir: folder,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  sourcemap: withMaps,
  codeSplitting: {
    groups: [
      // A part of its own, since a configuration that was checked before is not parsed.
      { name: 'yaml', test: /\/node_modules\/yaml\// },
      // Needed before the loader of parts is there, and by parts: in the program's start they would run it once more.
      {
        name: 'places',
        test: /\/src\/(?:cli\/command\/cache-folder|config\/(?:trust\/ownership|yaml\/locate)|store\/disk\/make-folders)\.ts$/,
      },
    ],
  },
  // Names stay, for the stack traces of bug reports.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
});
await bundle.close();
// With maps, the code stays as they describe it.
for (const chunk of withMaps ? [] : output)
  if (chunk.type === 'chunk')
    writeFileSync(join(folder, chunk.fileName), withKeptParts(chunk, withLaterParts(chunk.code)));
for (const name of Object.keys(ENTRIES)) writeFileSync(join(folder, `${name}.js`), startOf(name));
for (const name of ['bin.js', 'bin.cjs']) chmodSync(join(folder, name), 0o755);
writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licences(packagesIn(output)));

/** Returns an ES module that runs the CommonJS file of the same name, at the path that schedules start. */
function startOf(name) {
  return `#!/usr/bin/env node\nimport { createRequire } from 'node:module';\ncreateRequire(import.meta.url)('./${name}.cjs');\n`;
}

/** Returns the folders of the packages whose code is inside. */
function packagesIn(chunks) {
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
  const inside = modules.flatMap(
    (path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replace(/^\0/, ''))?.[0] ?? [],
  );
  return [...new Set(inside)].toSorted();
}

function licences(folders) {
  const texts = folders.map((path) => {
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const file = readdirSync(path).find((one) => /^(?:un)?licen[cs]e(?:\.|$)/i.test(one));
    const text =
      file === undefined
        ? `${license}, as its package says; it has no file with the text.`
        : readFileSync(join(path, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `ofx-sync contains code of these packages.\n\n${texts.join(`\n${'-'.repeat(100)}\n\n`)}`;
}

/**
 * Returns code that loads other parts, and modules of Node, when something of them is used: most of what a module imports is
 * for cases that do not arise. The bundler writes `NAME=require("PART")` and `NAME.member` throughout.
 */
function withLaterParts(code) {
  let text = code;
  for (const [whole, name, part] of code.matchAll(/\b((?:require|node)_\w+)=require\(("[^"]+")\)/g)) {
    const uses = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}(?![\\w$])`, 'g');
    const members = new RegExp(`${uses.source}\\.`, 'g');
    if (text.match(uses).length !== (text.match(members)?.length ?? 0) + 1) continue;
    const made = new RegExp(`\\bnew ${name}((?:\\.[\\w$]+)+)`, 'g');
    text = text
      .replace(made, `new (${name}()$1)`)
      .replace(members, `${name}().`)
      .replace(whole, `${name}=(part=>()=>part??=require(${part}))()`);
    const left = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}(?!\\(\\)\\.|=\\(part=>|[\\w$])`).exec(text);
    if (left !== null) throw new Error(`${name} is used as a value: ${text.slice(left.index, left.index + 60)}`);
  }
  return text;
}

/**
 * Returns a part as the loader of kept code wants it (src/cli/command/parts.ts): the program's start loads the others through it,
 * where it is in use, and what a part imports from outside the bundle is imported by the start.
 */
function withKeptParts({ name }, code) {
  if (code.includes('require("./bin.cjs")')) throw new Error(`${name} would run the program once more`);
  if (name === 'bin') return replaced(code, 'require("./cli-', '(parts?.load??require)("./cli-');
  const native = /(?<![\w$.])import\(/g;
  return native.test(code)
    ? `const imported=module.imported??(url=>import(url));${code.replace(native, 'imported(')}`
    : code;
}

function replaced(code, text, other) {
  if (code.split(text).length !== 2) throw new Error(`a package has changed: ${text}`);
  return code.replace(text, () => other);
}
