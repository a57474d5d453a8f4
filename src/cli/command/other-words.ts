/**
 * Words that people type for something ofx-sync calls by another name, and where each leads. A bank or an account of that name
 * comes first.
 */

interface Lead {
  readonly words: readonly string[];
  /** The commands to type instead, each after its purpose. */
  readonly to: string;
}

const COMMANDS: readonly Lead[] = [
  { words: ['list', 'ls', 'show', 'all'], to: 'Accounts: ofx-sync accounts. Transactions: ofx-sync transactions' },
  {
    words: ['balance', 'balances', 'bal', 'networth', 'net-worth', 'worth', 'account', 'holdings', 'portfolio'],
    to: 'Balances and net worth: ofx-sync accounts',
  },
  {
    words: ['search', 'find', 'register', 'reg', 'history', 'transaction', 'tx', 'txns', 'print', 'query'],
    to: 'Transactions: ofx-sync transactions --search TEXT',
  },
  {
    words: ['download', 'fetch', 'pull', 'get', 'refresh', 'run', 'start', 'now', 'statement', 'statements'],
    to: 'To download statements: ofx-sync sync',
  },
  {
    words: ['update', 'upgrade', 'self-update'],
    to: 'To download statements: ofx-sync sync. To update the program: npm install -g ofx-sync',
  },
  { words: ['version', 'ver'], to: 'The version: ofx-sync --version' },
  { words: ['usage', 'man', 'commands', '?'], to: 'Help: ofx-sync --help' },
  {
    words: ['config', 'configure', 'configuration', 'settings', 'set', 'edit'],
    to: 'To set up or change a bank: ofx-sync init. Where accounts.yaml is: ofx-sync paths. Its keys: ofx-sync help config',
  },
  { words: ['setup', 'add', 'new', 'create', 'connect', 'link', 'install'], to: 'To set up a bank: ofx-sync init' },
  {
    words: ['remove', 'delete', 'rm', 'del', 'unlink', 'disconnect', 'uninstall'],
    to: 'To remove a bank, delete it from accounts.yaml (ofx-sync paths). What is stored of it: ofx-sync accounts forget NAME. Its password: ofx-sync secret delete NAME',
  },
  { words: ['forget', 'purge'], to: 'To remove what is stored: ofx-sync accounts forget NAME' },
  { words: ['rename', 'relink', 'move', 'mv', 'merge'], to: 'To continue a history: ofx-sync accounts relink OLD NEW' },
  {
    words: ['login', 'signin', 'sign-on', 'sign-in', 'auth', 'authenticate', 'mfa', 'otp'],
    to: 'To sign on where a bank wants more than a password: ofx-sync signon NAME. To store a password: ofx-sync secret set NAME',
  },
  { words: ['logout', 'signoff'], to: 'Nothing stays signed on. To delete a password: ofx-sync secret delete NAME' },
  {
    words: ['password', 'passwords', 'passwd', 'secrets', 'keychain', 'credentials', 'keys'],
    to: 'Passwords: ofx-sync secret list, and to change one: ofx-sync secret set NAME',
  },
  { words: ['bank', 'banks', 'directory', 'institution'], to: 'The directory of banks: ofx-sync institutions WORDS' },
  {
    words: ['doctor', 'diagnose', 'test', 'ping', 'verify', 'validate', 'debug', 'lint'],
    to: 'To test a bank: ofx-sync check',
  },
  {
    words: ['info', 'state', 'health', 'freshness', 'runs', 'coverage', 'calendar', 'gaps'],
    to: 'The state of each account: ofx-sync status',
  },
  { words: ['log', 'logs', 'where', 'path', 'dir', 'folder', 'files'], to: 'Where everything is: ofx-sync paths' },
  {
    words: ['backup', 'restore', 'db', 'database', 'vacuum', 'compact'],
    to: 'The store: ofx-sync store backup, ofx-sync store compact',
  },
  {
    words: ['cron', 'timer', 'daemon', 'service', 'auto', 'automate', 'daily'],
    to: 'To sync automatically: ofx-sync schedule install --daily 06:30',
  },
  { words: ['demo', 'example', 'try'], to: 'To try it with a made-up bank: ofx-sync init sandbox://river' },
  { words: ['parse', 'read', 'view', 'cat', 'dump', 'open'], to: 'To read a statement file: ofx-sync inspect FILE' },
  {
    words: ['load', 'upload', 'ofx', 'qfx'],
    to: 'To store a statement file: ofx-sync import FILE. To read it only: ofx-sync inspect FILE',
  },
  {
    words: [
      'csv',
      'qif',
      'hledger',
      'ledger',
      'beancount',
      'gnucash',
      'spreadsheet',
      'excel',
      'write',
      'save',
      'convert',
    ],
    to: 'To write a file for another program: ofx-sync export --format FORMAT',
  },
  {
    words: ['ynab', 'actual', 'send', 'budget'],
    to: 'To send transactions to a budgeting tool: ofx-sync push ynab, or: ofx-sync push actual',
  },
  {
    words: ['rule', 'categories', 'categorize', 'category', 'tags'],
    to: 'To try the rules of accounts.yaml: ofx-sync rules test',
  },
  { words: ['reset', 'mark', 'marks', 'consumer'], to: 'To export everything anew: ofx-sync consumers reset NAME' },
];

/** Actions of commands, `secret add`: the action that is meant. */
const ACTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  secret: {
    add: 'set',
    change: 'set',
    update: 'set',
    new: 'set',
    store: 'set',
    remove: 'delete',
    rm: 'delete',
    del: 'delete',
    ls: 'list',
    show: 'list',
    get: 'list',
    check: 'test',
  },
  schedule: {
    add: 'install',
    create: 'install',
    enable: 'install',
    start: 'install',
    on: 'install',
    delete: 'remove',
    rm: 'remove',
    disable: 'remove',
    stop: 'remove',
    uninstall: 'remove',
    off: 'remove',
    list: 'status',
    show: 'status',
  },
  consumers: { delete: 'remove', rm: 'remove', forget: 'remove', ls: 'list', show: 'list', clear: 'reset' },
  store: {
    verify: 'check',
    test: 'check',
    save: 'backup',
    export: 'backup',
    dump: 'backup',
    vacuum: 'compact',
    clean: 'compact',
  },
  notify: { send: 'test', try: 'test' },
  rules: { try: 'test', check: 'test', list: 'test', show: 'test' },
};

/** Returns where a word leads that is not a command; `null` when nobody would type it. */
export function leadOf(word: string): string | null {
  const lower = word.toLowerCase();
  return COMMANDS.find(({ words }) => words.includes(lower))?.to ?? null;
}

/** Returns the action that a word means; `null` when nobody would type it. */
export function actionMeant(command: string, word: string): string | null {
  return ACTIONS[command]?.[word.toLowerCase()] ?? null;
}

/** All words, for tests. */
export const OTHER_WORDS = { commands: COMMANDS, actions: ACTIONS } as const;
