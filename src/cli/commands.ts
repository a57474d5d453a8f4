/** The command table: it feeds the parser, `--help` and docs/commands.md. Code of a command is loaded when it runs. */

import {
  ACCOUNT,
  type CommandRow,
  FORCE,
  optionRows,
  SERVER_OPTIONS,
  SINCE,
  TIMEOUT,
  UNTIL,
} from './command/command.js';

/** The same options for the service that `schedule` installs. */
const OF_SERVER = Object.fromEntries(
  Object.entries(SERVER_OPTIONS).map(([flags, summary]) => [flags, `with --serve: ${summary}`]),
);

export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'sync',
    words: '[names...]',
    summary: 'download the statements of all accounts, or of the named ones, at once; store them and print a summary',
    options: optionRows({
      ...SINCE,
      ...UNTIL,
      '--concurrency <n>': 'requests at the same time, in total',
      '--per-institution <n>': 'requests at the same time to one bank',
      ...TIMEOUT,
      '--retries <n>': 'more attempts when a bank is busy or out of reach',
      '--dry-run': 'print the requests, secrets masked; send nothing',
      ...FORCE,
      '--unattended':
        'run as a timer does: wait for the network, ask nothing, skip banks that are down or were synced recently',
      '--spread <time>': 'of --unattended: begin within this time (default 10m)',
      '--wait-network <time>': 'of --unattended: longest wait for it (default 5m)',
    }),
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
    words: '[institution...]',
    summary:
      'set up a bank step by step: choose it, sign on, pick accounts; writes or extends accounts.yaml and keeps the password in the keychain, or in a file without one; changes or removes a bank that is set up',
    options: optionRows({
      '--non-interactive': 'ask no questions: every answer comes from the options below',
      '--name <name>': 'your name for the bank',
      '--user-id <id>': 'the user id that you sign on with',
      '--password <where>':
        'where the password is kept: keychain (default), file (ofx-sync writes it), env:NAME, file:PATH, command:WORDS or prompt; with --non-interactive, the first two read it from one line of standard input',
      '--org <org>': 'ORG, for an address',
      '--fid <fid>': 'FID, for an address',
      '--ofx-version <version>': 'OFX version, for an address (default: one that the server accepts)',
      '--ca <file>': 'PEM file of an additional certificate authority',
      '--files <pattern>':
        'read statement files, such as ~/Downloads/*.qfx, instead of connecting; several with commas',
      '--command <line>':
        'take what a program of yours prints, instead of connecting: words with {from}, {to} and {account}, or a line for the shell; it is run once to list its accounts',
      '--account <name...>': 'accounts to add, by name or last digits (default: all that were found)',
      '--accept-stale': 'send the password to an address that has not been confirmed lately',
      '--accept-host <host...>': 'send the password to this host as well, if the bank’s profile moves requests there',
      '--sync': 'with --non-interactive: download the first statements',
      '--schedule <time>': 'with --non-interactive: sync every day at HH:MM',
      ...TIMEOUT,
      ...FORCE,
    }),
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
      'list the configured accounts: kind, masked number, last statement, balance, and net worth in each currency; `relink OLD NEW` moves an account’s history to its new name or number; `forget NAME…` removes what is stored of an account or bank, after a backup',
    options: optionRows({ '--yes': 'with forget: remove without asking' }),
    examples: [
      'ofx-sync accounts',
      'ofx-sync accounts --json',
      'ofx-sync accounts relink oldbank/checking river/checking',
      'ofx-sync accounts forget oldbank/savings --yes',
    ],
    load: async () => (await import('./store/accounts-command.js')).accountsCommand,
  },
  {
    name: 'status',
    words: '[names...]',
    summary:
      'show how fresh each account is, which months it covers, why the last run failed, and the last runs; exits with 1 when something is stale or failing',
    options: optionRows({
      '--stale-after <time>':
        'age at which the last statement is stale, such as 3d or 12h (default: staleAfter of accounts.yaml, or 3d)',
      '--runs <n>': 'number of runs to show (default 5)',
      '--format <format>': 'text, json or prometheus (for the textfile collector of node_exporter)',
    }),
    examples: [
      'ofx-sync status',
      'ofx-sync status --stale-after 12h --quiet',
      'ofx-sync status --format prometheus > ofx-sync.prom',
    ],
    load: async () => (await import('./store/status-command.js')).statusCommand,
  },
  {
    name: 'report',
    words: '[names...]',
    summary:
      'write one HTML file that shows how things stand: what needs attention, net worth, balance curves, coverage, cash, spending, positions',
    options: optionRows({
      '--accounts <name...>': 'only these: institution, account, or institution/account; also with commas',
      '--since <date>': 'first day of curves, coverage and cash (default: twelve months, with this one)',
      '--output <file>': 'write this file instead of report.html in the data folder',
      '--open': 'open it in your browser',
    }),
    examples: [
      'ofx-sync report --open',
      'ofx-sync report --accounts river,summit/card --since 2026-01-01',
      'LC_ALL=de_DE.UTF-8 ofx-sync report --output report.html',
    ],
    load: async () => (await import('./store/report-command.js')).reportCommand,
  },
  {
    name: 'transactions',
    words: '[names...]',
    summary: 'list and search the stored transactions of all accounts, or of the named ones',
    options: optionRows({
      ...ACCOUNT,
      ...SINCE,
      ...UNTIL,
      '--search <text>': 'only with this text in name, memo or payee',
      '--min <amount>': 'smallest amount; spending is negative',
      '--max <amount>': 'largest amount',
      '--limit <n>': 'at most this many',
      '--offset <n>': 'skip this many first',
      '--reverse': 'newest first',
      '--balance': 'show the balance after each transaction',
      '--history': 'include former versions, and what was removed',
      '--csv': 'print CSV',
    }),
    examples: [
      'ofx-sync transactions river --since "last month" --balance',
      'ofx-sync transactions river/checking --search rent --json',
      'ofx-sync transactions --max -100.00 --csv',
      'ofx-sync transactions --reverse --limit 20',
      'ofx-sync transactions river/checking --history',
    ],
    load: async () => (await import('./store/transactions-command.js')).transactionsCommand,
  },
  {
    name: 'export',
    words: '[names...]',
    summary: 'write transactions of all accounts, or of the named ones, in the format of another program',
    options: optionRows({
      '--format <format>':
        'hledger, ledger, beancount, csv, json, ndjson, qif, ofx or a budgeting tool (all: docs/export.md)',
      ...ACCOUNT,
      ...SINCE,
      ...UNTIL,
      '--output <file>': 'write a file, completely or not at all, instead of standard output',
      '--output-dir <dir>': 'write one file per account into a folder',
      '--name <pattern>': 'names of the files in that folder (default: {institution}-{account})',
      '--together': 'put several accounts into one file of a format that cannot keep them apart, such as ofx or ynab',
      '--append': 'add to the end of the file, exactly once even after an interruption (journals, CSV, JSON Lines)',
      '--overwrite': 'with --new: replace a file that holds something, as for a daily CSV',
      '--new': 'only what this consumer has not received; its mark moves once everything is written',
      '--consumer <name>': 'the consumer whose mark is used (default: the name of the format)',
      '--if-older <what>':
        'with --new, when a restored backup is older than the last export: repeat what may be exported already, or skip what is in the store now',
      '--changes': 'list what was changed or removed since the consumer received it, with or without --new',
      '--dry-run': 'print what would be written; write no file and move no mark',
      '--ofx-version <version>': 'OFX: version 203 (default) or 102',
      '--no-assertions': 'journals: omit assertions of the balances that the bank states',
      '--openings':
        'journals: with --new, begin a file that stands alone, at the balances before its first entries; else it continues the earlier file',
      '--no-openings': 'journals: omit the balance of each account before its first transaction',
      '--no-declarations': 'journals: omit declarations of accounts and commodities',
      '--no-header': 'omit the header of a file',
      '--guard-formulas': 'CSV: put an apostrophe before text that a spreadsheet would calculate',
    }),
    examples: [
      'ofx-sync export --format hledger --output 2026.journal',
      'ofx-sync export --format hledger --new --append --output 2026.journal',
      'ofx-sync export --format csv --output 2026.csv',
      'ofx-sync export river/checking --format ynab --since 30d',
      'ofx-sync export --format ynab --output-dir ynab --new --overwrite',
      'ofx-sync export --format ofx --output-dir statements --new',
    ],
    load: async () => (await import('./export/export-command.js')).exportCommand,
  },
  {
    name: 'consumers',
    words: '[action] [name]',
    summary:
      'list (default) what each consumer of export --new and push has received, when and in which file; reset NAME: export everything to it anew; remove NAME: forget it',
    options: [],
    examples: ['ofx-sync consumers', 'ofx-sync consumers reset hledger', 'ofx-sync consumers remove ynab'],
    load: async () => (await import('./export/consumers-command.js')).consumersCommand,
  },
  {
    name: 'rules',
    words: '<action>',
    summary:
      'test: show what the rules of accounts.yaml do to the stored transactions, and which never match; suggest: propose rules from the past, as YAML',
    options: optionRows({
      ...SINCE,
      '--unmatched': 'with test: show the payees that match no rule instead, with count and sum',
      '--journal <file>':
        'with suggest: learn from this journal of hledger, ledger or beancount which account each payee went to',
    }),
    examples: [
      'ofx-sync rules test --since 30d',
      'ofx-sync rules test --unmatched',
      'ofx-sync rules suggest',
      'ofx-sync rules suggest --journal main.journal',
    ],
    load: async () => (await import('./export/rules-command.js')).rulesCommand,
  },
  {
    name: 'push',
    words: '<target> [names...]',
    summary: 'send new transactions to a budgeting tool through its API: ynab or actual; nothing is added twice',
    options: optionRows({
      ...ACCOUNT,
      '--since <date>': 'skip transactions before this day, such as 30d or last month; they count as sent',
      '--create': 'create accounts that the budget does not have',
      '--create-categories': 'create categories that the budget does not have',
      '--values': 'keep investments and loans at their value',
      '--any-currency': 'push accounts in other currencies, unconverted',
      '--all': 'also send what was sent before',
      '--consumer <name>': 'a separate mark for this budget (push-TARGET)',
      '--dry-run': 'show what would be sent; change nothing',
    }),
    examples: ['ofx-sync push ynab', 'ofx-sync push actual --create', 'ofx-sync push ynab river --dry-run --since 30d'],
    load: async () => (await import('./export/push-command.js')).pushCommand,
  },
  {
    name: 'inspect',
    words: '<file>',
    summary: 'read a statement file (- for standard input) and print what it contains; store nothing',
    options: optionRows({
      '--as <stage>': 'statement (default), repaired or tree',
      '--strict': 'fail when there is a notice',
    }),
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
    summary: 'store statement files (.ofx, .qfx) that you downloaded by hand, and add their accounts',
    options: optionRows({
      '--add': 'add accounts that are not in accounts.yaml without asking, then store their statements',
      '--replay': 'read the kept replies of banks again, with the current parser',
      '--since <date>': 'with --replay: only replies received since this day, such as 7d or last month',
    }),
    examples: [
      'ofx-sync import ~/Downloads/statement.qfx',
      'ofx-sync import ~/Downloads/*.qfx --add',
      'ofx-sync import --replay --since 7d',
    ],
    load: async () => (await import('./store/import-command.js')).importCommand,
  },
  {
    name: 'check',
    words: '[names...]',
    summary:
      'test every step to a bank (secrets, name, connection, certificate, HTTP, OFX, profile, sign-on, each account) and this machine; shows which step fails, why, and what to do',
    options: optionRows({
      '--offline':
        'check configuration, secrets and this machine (permissions, store, disk, clock, schedule); send nothing',
      '--explain': 'show each value with its origin and age; send nothing',
      '--report <file>': 'also write a report for others, without passwords, names, numbers, paths and amounts',
      '--balances': 'list balances that do not follow from the transactions, and days without a statement',
      '--timeout <time>': 'time limit of one step, such as 60s',
      ...FORCE,
    }),
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
      'download the closing statements of bank accounts and cards: opening and closing balance, minimum payment, due date',
    options: optionRows({
      '--since <date>': 'first day, such as 30d or last month (default 183d)',
      ...TIMEOUT,
      ...FORCE,
    }),
    examples: ['ofx-sync closings', 'ofx-sync closings summit --since 90d --json'],
    load: async () => (await import('./institution/closings-command.js')).closingsCommand,
  },
  {
    name: 'signon',
    words: '<institution>',
    summary:
      'sign on in a terminal when a bank wants more than a password: a new password, a confirmed program, a token, answers to security questions',
    options: optionRows({ ...TIMEOUT, ...FORCE }),
    examples: ['ofx-sync signon river'],
    load: async () => (await import('./institution/signon-command.js')).signonCommand,
  },
  {
    name: 'discover',
    words: '<institution>',
    summary: 'ask a bank for the accounts of your login and print them as YAML to paste; --write adds the new ones',
    options: optionRows({
      '--write': 'add the new accounts to accounts.yaml; its other lines and comments stay unchanged',
      ...TIMEOUT,
      ...FORCE,
    }),
    examples: ['ofx-sync discover river', 'ofx-sync discover river --write'],
    load: async () => (await import('./institution/discover-command.js')).discoverCommand,
  },
  {
    name: 'store',
    words: '<action> [file]',
    summary: 'maintain the store: check it, back it up (to FILE, or into the backup folder), or compact it',
    options: optionRows({
      '--share': 'of backup: for other programs and people, without tokens, cookies, check values and raw replies',
    }),
    examples: [
      'ofx-sync store check',
      'ofx-sync store backup',
      'ofx-sync store backup ~/ofx-sync-2026.db',
      'ofx-sync store backup --share bank.db',
      'ofx-sync store compact',
    ],
    load: async () => (await import('./store/store-command.js')).storeCommand,
  },
  {
    name: 'probe',
    words: '<address-or-name>',
    summary:
      'find request settings that a server accepts, by asking for its profile a few times without a password; print them as YAML',
    options: optionRows({
      '--org <org>': 'ORG of the sign-on',
      '--fid <fid>': 'FID of the sign-on',
      '--pause <time>': 'time between two requests (default 3s)',
      '--timeout <time>': 'time limit of one request (default 20s)',
    }),
    examples: ['ofx-sync probe https://ofx.river.example/ofx --org RIVER --fid 1001', 'ofx-sync probe becu'],
    load: async () => (await import('./institution/probe-command.js')).probeCommand,
  },
  {
    name: 'institutions',
    words: '<words...>',
    summary:
      'search the built-in directory of banks: the name for `directory:`, the age of the evidence, services that have ended',
    options: optionRows({ '--limit <n>': 'at most this many (default 20)' }),
    examples: ['ofx-sync institutions wells fargo', 'ofx-sync institutions amex --json'],
    load: async () => (await import('./institution/institutions-command.js')).institutionsCommand,
  },
  {
    name: 'secret',
    words: '<action> [name]',
    summary:
      'set, test or delete the password of a bank in the keychain (service ofx-sync); list shows where each secret is kept and whether it is there',
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
    name: 'trust',
    words: '[file]',
    summary:
      'allow an accounts.yaml that was found in the current folder to read secrets and run commands, as long as its content stays the same; with --bank and --host, let a bank’s password go to a host',
    options: optionRows({
      '--bank <name>': 'with --host: the bank',
      '--host <host>': 'a host of its address, or to which its profile moves requests',
      '--remove': 'trust the file no longer',
    }),
    examples: [
      'ofx-sync trust',
      'ofx-sync trust ~/finance/accounts.yaml',
      'ofx-sync trust --bank river --host cards.river.example',
    ],
    load: async () => (await import('./institution/trust-command.js')).trustCommand,
  },
  {
    name: 'schedule',
    words: '<action> [names...]',
    summary:
      'install, status or remove: sync automatically, by a systemd user timer, a launchd agent, a Windows task or a crontab line; with --serve, keep the server running',
    options: optionRows({
      '--daily <time>': 'every day at HH:MM (default 06:30)',
      '--every <length>': 'every 1h, 2h, 6h, 12h …: a length that divides a day',
      '--weekdays': 'Monday to Friday only',
      '--calendar <expr>': 'in the syntax of the system: OnCalendar of systemd, or five fields of cron',
      '--system <name>': 'systemd, launchd, windows or cron (default: what this machine has)',
      '--serve':
        'keep `ofx-sync serve` running instead (systemd, launchd); takes its options, --every among them: then it also syncs',
      ...OF_SERVER,
      '--no-enable': 'write the files; start nothing',
      '--dry-run': 'print what would be written; write nothing',
    }),
    examples: [
      'ofx-sync schedule install --daily 06:30 --weekdays',
      'ofx-sync schedule install --every 6h --system cron',
      'ofx-sync schedule install --serve --every 6h',
      'ofx-sync schedule status',
      'ofx-sync schedule remove',
    ],
    load: async () => (await import('./schedule/schedule-command.js')).scheduleCommand,
  },
  {
    name: 'serve',
    words: '[action] [step] [token]',
    summary:
      'serve the stored accounts to budgeting programs (SimpleFIN) and as a page, until stopped; token new NAME, token list and token revoke NAME decide who may read',
    options: optionRows({
      ...SERVER_OPTIONS,
      '--every <length>': 'also sync at once and then at this distance, such as 6h, as a timer would',
      '--spread <time>': 'with --every: start each sync within this time (default 10m; 0s: at once)',
      '--accounts <names>': 'of token new: only these accounts, such as river,summit/card (default: all)',
      '--since <date>': 'of token new: nothing from before YYYY-MM-DD, or a length such as 90d',
      '--page': 'of token new: for the page in a browser, not for a program',
      '--access-url': 'of token new: print the access URL itself, for a program that cannot claim a setup token',
    }),
    examples: [
      'ofx-sync serve',
      'ofx-sync serve --every 6h',
      'ofx-sync serve --listen 0.0.0.0:8639 --plain-http --public-url http://ofx-sync:8639',
      'ofx-sync serve --listen 192.168.1.5:8639 --cert fullchain.pem --key privkey.pem',
      'ofx-sync serve token new phone --accounts river,summit/card --since 2026-01-01',
      'ofx-sync serve token new browser --page',
      'ofx-sync serve token list',
      'ofx-sync serve token revoke phone',
    ],
    load: async () => (await import('./serve/serve-command.js')).serveCommand,
  },
  {
    name: 'notify',
    words: '<action>',
    summary: 'test: send a test message to the destination under notify: in accounts.yaml',
    options: [],
    examples: ['ofx-sync notify test'],
    load: async () => (await import('./sync/notify-command.js')).notifyCommand,
  },
  {
    name: 'sandbox',
    words: '',
    summary:
      'run the built-in test banks and a SimpleFIN bridge on loopback until stopped; prints address, user, password and accounts of each',
    options: optionRows({
      '--port <n>': 'port to listen on (default: a free one)',
      '--tls': 'serve https, with a new certificate',
      '--faults': 'list the faults that an address can ask for, and exit',
    }),
    examples: ['ofx-sync sandbox --port 8443 --tls', 'ofx-sync sandbox --faults'],
    load: async () => (await import('./institution/sandbox-command.js')).sandboxCommand,
  },
  {
    name: 'paths',
    words: '',
    summary: 'show where accounts.yaml, store, backups, logs, schedule and passwords are',
    options: [],
    examples: ['ofx-sync paths', 'ofx-sync paths --json'],
    load: async () => (await import('./help/paths-command.js')).pathsCommand,
  },
  {
    name: 'help',
    words: '[topic] [key]',
    summary:
      'show help on a command; on `commands`, all of them; on `options`, those of every command, and exit statuses; on `config`, every key of accounts.yaml, or those that contain KEY',
    options: [],
    examples: ['ofx-sync help sync', 'ofx-sync help options', 'ofx-sync help config timeout'],
    load: async () => (await import('./help/help-command.js')).helpCommand,
  },
  {
    name: 'completion',
    words: '<shell>',
    summary:
      'print the completion script for bash, zsh or fish: commands, options, names of accounts and banks, files; --install puts it where the shell looks for it',
    options: optionRows({ '--install': 'write it to the completion folder of the shell; no start-up file is changed' }),
    examples: [
      'ofx-sync completion bash --install',
      'ofx-sync completion fish > ~/.config/fish/completions/ofx-sync.fish',
    ],
    load: async () => (await import('./help/completion-command.js')).completionCommand,
  },
];
