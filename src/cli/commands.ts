/** The command table: it feeds the parser, `--help` and docs/commands.md. Code of a command is loaded when it runs. */

import type { CommandRow } from './command/command.js';

export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'sync',
    words: '[names...]',
    summary: 'pull the named accounts or institutions (default: all) at once, store, summarise',
    options: [
      { flags: '--since <date>', summary: 'first day: YYYY-MM-DD, or a length such as 90d' },
      { flags: '--until <date>', summary: 'last day: YYYY-MM-DD, or a length such as 7d' },
      { flags: '--concurrency <n>', summary: 'requests at once, in all' },
      { flags: '--per-institution <n>', summary: 'requests at once to one institution' },
      { flags: '--timeout <time>', summary: 'time limit of one request, such as 60s' },
      {
        flags: '--retries <n>',
        summary: 'further attempts where an institution was not reached or asked for patience',
      },
      { flags: '--dry-run', summary: 'print the exact requests with secrets masked, and send nothing' },
      { flags: '--force', summary: 'sign on although a signon was refused before' },
      {
        flags: '--unattended',
        summary:
          'as a timer runs it: begin at a random moment, wait for the network, ask nothing, leave out institutions that were synced a moment ago (atMostEvery) or are down',
      },
      { flags: '--spread <time>', summary: 'with --unattended: begin within this time (10m); 0s: at once' },
      { flags: '--wait-network <time>', summary: 'with --unattended: wait so long for the network (5m)' },
    ],
    examples: [
      'ofx-sync',
      'ofx-sync river summit/card',
      'ofx-sync --since 2026-01-01 --json',
      'ofx-sync sync river --dry-run',
    ],
    load: async () => (await import('./sync/sync-command.js')).syncCommand,
  },
  {
    name: 'init',
    words: '[institution]',
    summary:
      'guided set-up: choose an institution, sign on, pick accounts; writes or extends accounts.yaml, the password goes to the keychain',
    options: [
      { flags: '--non-interactive', summary: 'ask nothing: everything is said by the options below' },
      { flags: '--name <name>', summary: 'your name for the institution' },
      { flags: '--user-id <id>', summary: 'the name that you sign on with' },
      {
        flags: '--password <where>',
        summary:
          'where the password is kept: keychain (default; the password is one line of standard input), env:NAME, file:PATH, command:WORDS, prompt',
      },
      { flags: '--org <org>', summary: 'ORG, for an address' },
      { flags: '--fid <fid>', summary: 'FID, for an address' },
      { flags: '--ofx-version <version>', summary: 'OFX version, for an address (else what the server answers)' },
      { flags: '--ca <file>', summary: 'PEM file of a further certificate authority' },
      { flags: '--files <pattern>', summary: 'read statement files, such as ~/Downloads/*.qfx, instead of asking' },
      { flags: '--account <name...>', summary: 'take these of the accounts found, by name or last digits (all)' },
      { flags: '--accept-stale', summary: 'send the password to an address that nobody has vouched for lately' },
      { flags: '--sync', summary: 'with --non-interactive: pull the first statements' },
      { flags: '--schedule <time>', summary: 'with --non-interactive: run every day at HH:MM' },
      { flags: '--timeout <time>', summary: 'time limit of one request, such as 60s' },
      { flags: '--force', summary: 'sign on although a signon was refused before' },
    ],
    examples: [
      'ofx-sync init',
      'pass show river | ofx-sync init sandbox://river --non-interactive --user-id demo --sync',
      'ofx-sync init --non-interactive --files "~/Downloads/*.qfx" --name cornerbank',
    ],
    load: async () => (await import('./init/init-command.js')).initCommand,
  },
  {
    name: 'accounts',
    words: '[names...]',
    summary:
      'the configured accounts: kind, masked number, last statement, balance; `relink OLD NEW` lets an account’s history go on under another name or number',
    options: [],
    examples: [
      'ofx-sync accounts',
      'ofx-sync accounts --json',
      'ofx-sync accounts relink oldbank/checking river/checking',
    ],
    load: async () => (await import('./store/accounts-command.js')).accountsCommand,
  },
  {
    name: 'status',
    words: '[names...]',
    summary:
      'how fresh each account is, why the last run failed, and the last runs; exit 1 when something is stale or failing',
    options: [
      {
        flags: '--stale-after <time>',
        summary:
          'age at which the last statement counts as stale, such as 3d or 12h (else staleAfter of accounts.yaml, else 3d)',
      },
      { flags: '--runs <n>', summary: 'show so many of the last runs (5)' },
      {
        flags: '--format <format>',
        summary: 'text, json, or prometheus (for the textfile collector of node_exporter)',
      },
    ],
    examples: [
      'ofx-sync status',
      'ofx-sync status --stale-after 12h --quiet',
      'ofx-sync status --format prometheus > ofx-sync.prom',
    ],
    load: async () => (await import('./store/status-command.js')).statusCommand,
  },
  {
    name: 'transactions',
    words: '',
    summary: 'query the store',
    options: [
      { flags: '--account <name...>', summary: 'institution, account, or institution/account' },
      { flags: '--since <date>', summary: 'first day: YYYY-MM-DD, or a length such as 30d' },
      { flags: '--until <date>', summary: 'last day: YYYY-MM-DD, or a length such as 7d' },
      { flags: '--search <text>', summary: 'text in name, memo or payee' },
      { flags: '--min <amount>', summary: 'least amount; spending is negative' },
      { flags: '--max <amount>', summary: 'greatest amount' },
      { flags: '--limit <n>', summary: 'at most so many' },
      { flags: '--offset <n>', summary: 'leave out so many first' },
      { flags: '--reverse', summary: 'newest first' },
      { flags: '--history', summary: 'with former versions, and with those that were replaced or deleted' },
      { flags: '--csv', summary: 'as CSV' },
    ],
    examples: [
      'ofx-sync transactions --since 30d',
      'ofx-sync transactions --account river/checking --search rent --json',
      'ofx-sync transactions --max -100.00 --csv',
      'ofx-sync transactions --reverse --limit 20',
      'ofx-sync transactions --history --account river/checking',
    ],
    load: async () => (await import('./store/transactions-command.js')).transactionsCommand,
  },
  {
    name: 'export',
    words: '',
    summary: 'write transactions for another program',
    options: [
      {
        flags: '--format <format>',
        summary: 'hledger, ledger, beancount, csv, json, ndjson, qif, ofx, or a budgeting tool (all: docs/export.md)',
      },
      { flags: '--account <name...>', summary: 'institution, account, or institution/account' },
      { flags: '--since <date>', summary: 'first day: YYYY-MM-DD, or a length such as 30d' },
      { flags: '--until <date>', summary: 'last day: YYYY-MM-DD, or a length such as 7d' },
      { flags: '--output <file>', summary: 'write a file, whole or not at all, instead of standard output' },
      { flags: '--output-dir <dir>', summary: 'write a file for each account into a folder' },
      { flags: '--name <pattern>', summary: 'how these are called (default: {institution}-{account})' },
      { flags: '--together', summary: 'OFX: several accounts in one file, which many readers mix up' },
      {
        flags: '--append',
        summary: 'add to the end of the file, once also when interrupted (journals, CSV, JSON Lines)',
      },
      { flags: '--new', summary: 'only what this consumer has not had; its mark moves when all was written' },
      { flags: '--consumer <name>', summary: 'whose mark (default: the name of the format)' },
      { flags: '--changes', summary: 'what changed or was removed since the consumer had it, with or without --new' },
      { flags: '--dry-run', summary: 'show on standard output what would be written, and move no mark' },
      { flags: '--ofx-version <version>', summary: 'OFX: 203 (default) or 102' },
      { flags: '--no-assertions', summary: 'journals: do not state the balances of the institutions' },
      { flags: '--no-openings', summary: 'journals: do not say what accounts held before their first transaction' },
      { flags: '--no-declarations', summary: 'journals: do not declare accounts and commodities' },
      { flags: '--no-header', summary: 'leave the first lines of a file away' },
      { flags: '--guard-formulas', summary: 'CSV: an apostrophe before text that a spreadsheet would calculate' },
    ],
    examples: [
      'ofx-sync export --format hledger --output 2026.journal',
      'ofx-sync export --format hledger --new --append --output 2026.journal',
      'ofx-sync export --format csv --output 2026.csv',
      'ofx-sync export --format ynab --account river/checking --since 30d',
      'ofx-sync export --format ofx --output-dir statements --new',
    ],
    load: async () => (await import('./export/export-command.js')).exportCommand,
  },
  {
    name: 'rules',
    words: '<action>',
    summary: 'test: what the rules of accounts.yaml make of the transactions that are stored',
    options: [
      { flags: '--since <date>', summary: 'first day: YYYY-MM-DD, or a length such as 30d' },
      { flags: '--unmatched', summary: 'those that fit no rule instead' },
    ],
    examples: ['ofx-sync rules test --since 30d', 'ofx-sync rules test --unmatched'],
    load: async () => (await import('./export/rules-command.js')).rulesCommand,
  },
  {
    name: 'push',
    words: '<target>',
    summary: 'hand new transactions to a budgeting tool over its own API: ynab or actual; nothing is added twice',
    options: [
      { flags: '--account <name...>', summary: 'institution, account, or institution/account' },
      {
        flags: '--since <date>',
        summary: 'nothing before YYYY-MM-DD, or a length such as 30d; what is older counts as handed over',
      },
      { flags: '--create', summary: 'make accounts that the budget does not have, with what they held before' },
      { flags: '--all', summary: 'also what was handed over before; the budget knows what it has' },
      { flags: '--consumer <name>', summary: 'keep a mark of its own for this budget (push-TARGET)' },
      { flags: '--dry-run', summary: 'read the budget, show what would be handed over, change nothing' },
    ],
    examples: [
      'ofx-sync push ynab',
      'ofx-sync push actual --create',
      'ofx-sync push ynab --dry-run --account river --since 30d',
    ],
    load: async () => (await import('./export/push-command.js')).pushCommand,
  },
  {
    name: 'inspect',
    words: '<file>',
    summary: 'parse one statement file (- for standard input) and print what it says, without storing',
    options: [
      { flags: '--as <stage>', summary: 'statement (default), repaired, or tree' },
      { flags: '--strict', summary: 'fail when something had to be forgiven' },
    ],
    examples: [
      'ofx-sync inspect statement.ofx',
      'ofx-sync inspect statement.qfx --json',
      'ofx-sync inspect - --as repaired < statement.ofx',
    ],
    load: async () => (await import('./store/inspect-command.js')).inspectCommand,
  },
  {
    name: 'import',
    words: '[files...]',
    summary: 'read statement files (.ofx, .qfx) that were downloaded by hand into the same store',
    options: [
      { flags: '--replay', summary: 'read the kept replies of institutions again, with the parser of today' },
      {
        flags: '--since <date>',
        summary: 'with --replay: only those received since YYYY-MM-DD, or a length such as 7d',
      },
    ],
    examples: ['ofx-sync import ~/Downloads/statement.qfx', 'ofx-sync import --replay --since 7d'],
    load: async () => (await import('./store/import-command.js')).importCommand,
  },
  {
    name: 'check',
    words: '[names...]',
    summary:
      'every step to an institution: secrets, name, connection, certificate, HTTP, OFX, profile, signon, each account; the one that fails, why, and what to do; and this machine',
    options: [
      {
        flags: '--offline',
        summary: 'configuration, secrets and this machine (permissions, store, disk, clock, schedule); nothing is sent',
      },
      { flags: '--explain', summary: 'each value with where it comes from, why, and how old that is; nothing is sent' },
      {
        flags: '--report <file>',
        summary: 'write all of it without passwords, names, numbers and sums, to be shown to others',
      },
      {
        flags: '--balances',
        summary:
          'what is known to be missing: balances that do not follow from the transactions, days without a statement',
      },
      { flags: '--timeout <time>', summary: 'time limit of one step, such as 60s' },
      { flags: '--force', summary: 'sign on although a signon was refused before' },
    ],
    examples: [
      'ofx-sync check',
      'ofx-sync check river --json',
      'ofx-sync check --offline',
      'ofx-sync check --balances',
      'ofx-sync check river --explain',
      'ofx-sync check river --report river.json',
    ],
    load: async () => (await import('./check/check-command.js')).checkCommand,
  },
  {
    name: 'closings',
    words: '[names...]',
    summary:
      'ask banks and card issuers for their closing statements: opened and closed with, minimum payment, due date',
    options: [
      { flags: '--since <date>', summary: 'first day: YYYY-MM-DD, or a length such as 90d (183d)' },
      { flags: '--timeout <time>', summary: 'time limit of one request, such as 60s' },
      { flags: '--force', summary: 'sign on although a signon was refused before' },
    ],
    examples: ['ofx-sync closings', 'ofx-sync closings summit --since 90d --json'],
    load: async () => (await import('./institution/closings-command.js')).closingsCommand,
  },
  {
    name: 'signon',
    words: '<institution>',
    summary:
      'sign on in a terminal, for institutions that want more than a password: a new password, a confirmed program, a token, answers to questions',
    options: [
      { flags: '--timeout <time>', summary: 'time limit of one request, such as 60s' },
      { flags: '--force', summary: 'sign on although a signon was refused before' },
    ],
    examples: ['ofx-sync signon river'],
    load: async () => (await import('./institution/signon-command.js')).signonCommand,
  },
  {
    name: 'discover',
    words: '<institution>',
    summary: 'ask which accounts the login has and print them as YAML ready to paste; --write adds the new ones',
    options: [
      { flags: '--write', summary: 'add the new accounts to accounts.yaml; every line and comment in it stays' },
      { flags: '--timeout <time>', summary: 'time limit of the request, such as 60s' },
      { flags: '--force', summary: 'sign on although a signon was refused before' },
    ],
    examples: ['ofx-sync discover river', 'ofx-sync discover river --write'],
    load: async () => (await import('./institution/discover-command.js')).discoverCommand,
  },
  {
    name: 'store',
    words: '<action> [file]',
    summary: 'look after the store: check it, make a backup (of its own name, or FILE), compact it',
    options: [],
    examples: [
      'ofx-sync store check',
      'ofx-sync store backup',
      'ofx-sync store backup ~/ofx-sync-2026.db',
      'ofx-sync store compact',
    ],
    load: async () => (await import('./store/store-command.js')).storeCommand,
  },
  {
    name: 'probe',
    words: '<address-or-name>',
    summary:
      'find the OFX version and form that a server takes, by a few requests for its profile without a password, and print them as YAML',
    options: [
      { flags: '--org <org>', summary: 'ORG of the signon' },
      { flags: '--fid <fid>', summary: 'FID of the signon' },
      { flags: '--pause <time>', summary: 'time between two requests (3s)' },
      { flags: '--timeout <time>', summary: 'time limit of one request (20s)' },
    ],
    examples: ['ofx-sync probe https://ofx.river.example/ofx --org RIVER --fid 1001', 'ofx-sync probe becu'],
    load: async () => (await import('./institution/probe-command.js')).probeCommand,
  },
  {
    name: 'institutions',
    words: '<words...>',
    summary:
      'search the built-in directory of institutions: what `directory:` takes, how old the evidence is, which have ended',
    options: [{ flags: '--limit <n>', summary: 'at most so many (20)' }],
    examples: ['ofx-sync institutions wells fargo', 'ofx-sync institutions amex --json'],
    load: async () => (await import('./institution/institutions-command.js')).institutionsCommand,
  },
  {
    name: 'secret',
    words: '<action> [name]',
    summary:
      'set, test or delete the password of an institution in the keychain (service ofx-sync); list says where each secret is kept and whether it is there',
    options: [],
    examples: [
      'ofx-sync secret list',
      'ofx-sync secret set river',
      'pass show river | ofx-sync secret set river',
      'ofx-sync secret test river',
    ],
    load: async () => (await import('./institution/secret-command.js')).secretCommand,
  },
  {
    name: 'schedule',
    words: '<action> [names...]',
    summary:
      'install, status or remove: sync by itself, by a systemd user timer, a launchd agent, a Windows task or a crontab line',
    options: [
      { flags: '--daily <time>', summary: 'every day at HH:MM (06:30)' },
      { flags: '--every <length>', summary: 'every hour (1h), 2h, 6h, 12h …: what divides a day' },
      { flags: '--weekdays', summary: 'from Monday to Friday only' },
      {
        flags: '--calendar <expr>',
        summary: 'in the words of the system: OnCalendar of systemd, or five fields of cron',
      },
      { flags: '--system <name>', summary: 'systemd, launchd, windows or cron, instead of what this machine has' },
      { flags: '--no-enable', summary: 'write the files, start nothing' },
      { flags: '--dry-run', summary: 'show what would be written, write nothing' },
    ],
    examples: [
      'ofx-sync schedule install --daily 06:30 --weekdays',
      'ofx-sync schedule install --every 6h --system cron',
      'ofx-sync schedule status',
      'ofx-sync schedule remove',
    ],
    load: async () => (await import('./schedule/schedule-command.js')).scheduleCommand,
  },
  {
    name: 'notify',
    words: '<action>',
    summary: 'test: send a test message to where notify: in accounts.yaml leads',
    options: [],
    examples: ['ofx-sync notify test'],
    load: async () => (await import('./sync/notify-command.js')).notifyCommand,
  },
  {
    name: 'sandbox',
    words: '',
    summary:
      'serve the embedded test institutions on loopback until stopped; prints address, user, password and accounts of each',
    options: [
      { flags: '--port <n>', summary: 'port to listen on (default: a free one)' },
      { flags: '--tls', summary: 'https, with a certificate made at the start' },
      { flags: '--faults', summary: 'list the faults that an address may ask for, and stop' },
    ],
    examples: ['ofx-sync sandbox --port 8443 --tls', 'ofx-sync sandbox --faults'],
    load: async () => (await import('./institution/sandbox-command.js')).sandboxCommand,
  },
  {
    name: 'help',
    words: '[topic] [key]',
    summary: 'help on a command, or on `config`: every key of accounts.yaml, or those with KEY in them',
    options: [],
    examples: ['ofx-sync help sync', 'ofx-sync help config', 'ofx-sync help config timeout'],
    load: async () => (await import('./help/help-command.js')).helpCommand,
  },
  {
    name: 'completion',
    words: '<shell>',
    summary: 'print the completion script for bash, zsh or fish: commands, options, account and institution names',
    options: [],
    examples: [
      'ofx-sync completion bash >> ~/.bashrc',
      'ofx-sync completion zsh > ~/.zfunc/_ofx-sync',
      'ofx-sync completion fish > ~/.config/fish/completions/ofx-sync.fish',
    ],
    load: async () => (await import('./help/completion-command.js')).completionCommand,
  },
];
