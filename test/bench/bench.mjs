/**
 * What the program costs, as ratios against an alternative measured in the same run. Each file beside this one gives rows
 * `{ name, value, unit, ratio?, against? }`, or lines of a table; `npm run bench -- download read` runs some of them. Never part of `npm test`.
 */
const BENCHES = {
  startup: async () => (await import('./startup.mjs')).startupBench(),
  download: async () => (await import('./download.mjs')).downloadBench(),
  scale: async () => (await import('./scale.mjs')).scaleBench(),
  read: async () => (await import('./read.mjs')).readBench(),
  hostile: async () => (await import('./hostile.mjs')).hostileBench(),
  'hostile-bank': async () => (await import('./hostile-bank.mjs')).hostileBankBench(),
  store: async () => (await import('./store.mjs')).storeBench(),
  export: async () => (await import('./export.mjs')).exportBench(),
  rules: async () => (await import('./rules.mjs')).rulesBench(),
  report: async () => (await import('./report.mjs')).reportBench(),
  serve: async () => (await import('./serve.mjs')).serveBench(),
};

const asked = process.argv.slice(2);
if (asked[0] === 'truth') {
  await (await import('./truth.mjs')).truthBench(asked.slice(1));
  process.exit();
}
if (asked[0] === 'peers') {
  await (await import('./peers/ofx-bench.mjs')).peersBench(asked.slice(1));
  process.exit();
}
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')} (there are ${Object.keys(BENCHES).join(', ')})`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  console.log(`\n${name}`);
  for (const row of await BENCHES[name]()) console.log(typeof row === 'string' ? row : line(row));
}

function line({ name, value, unit, ratio, against }) {
  const figure = `${Number(value.toPrecision(4))} ${unit}`;
  const compared = ratio === undefined ? '' : `  ${ratio.toFixed(2)} × ${against ?? 'ideal'}`;
  return `  ${name.padEnd(64)} ${figure.padStart(14)}${compared}`;
}
