/**
 * The tables, as ordered migrations. A released migration never changes; each runs in a transaction with the record of
 * itself (`user_version`). Amounts and dates are TEXT, exactly as in the model; `body` is the transaction as JSON.
 */

import type { Database } from '../database.js';
import { createViews, dropViews } from '../views.js';

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    institution TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    latest_as_of TEXT,                -- instant of the newest statement
    unstable INTEGER NOT NULL DEFAULT 0,  -- 1: its FITIDs were seen to change
    history_days INTEGER,             -- how far back the institution answers, where that was learned
    UNIQUE (institution, name)
  );

  CREATE TABLE transactions (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    key TEXT NOT NULL,                -- FITID, or what stands for it
    fitid TEXT,
    derived INTEGER NOT NULL,         -- 1: the institution's FITID is missing or unstable
    public_id TEXT NOT NULL,
    posted_on TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    pending INTEGER NOT NULL,
    removed INTEGER NOT NULL,         -- 1: replaced or deleted by the institution
    removed_at TEXT,
    run INTEGER,
    first_seen_at TEXT NOT NULL,
    as_of TEXT NOT NULL,              -- instant of the statement that the content is from
    added INTEGER NOT NULL,           -- number of the change that added it
    changed INTEGER NOT NULL,         -- number of its latest change
    body TEXT NOT NULL,
    UNIQUE (account, key)
  );
  CREATE INDEX transactions_by_date ON transactions (account, posted_on);
  CREATE INDEX transactions_by_fitid ON transactions (account, fitid);
  CREATE INDEX transactions_in_order ON transactions (posted_on, id);
  CREATE INDEX transactions_pending ON transactions (account) WHERE pending = 1;
  CREATE INDEX transactions_by_change ON transactions (changed);

  CREATE TABLE counter (              -- one row: the number of the latest change
    value INTEGER NOT NULL
  );
  INSERT INTO counter VALUES (0);

  CREATE TABLE marks (                -- how far a consumer has been served
    consumer TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts (id),
    change INTEGER NOT NULL,
    PRIMARY KEY (consumer, account)
  );

  CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    transaction_id INTEGER NOT NULL REFERENCES transactions (id) ON DELETE CASCADE,
    public_id TEXT NOT NULL,          -- that of the transaction
    replaced_at TEXT NOT NULL,
    change INTEGER NOT NULL,          -- number of the change that replaced it
    body TEXT NOT NULL
  );
  CREATE INDEX versions_by_transaction ON versions (transaction_id);
  CREATE INDEX versions_by_public_id ON versions (public_id);

  CREATE TABLE corrections (
    account INTEGER NOT NULL REFERENCES accounts (id),
    fitid TEXT NOT NULL,              -- the transaction that is corrected
    action TEXT NOT NULL,
    by_fitid TEXT,
    PRIMARY KEY (account, fitid)
  );

  CREATE TABLE balances (
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,               -- ledger, available
    as_of TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (account, kind, as_of)
  );

  CREATE TABLE gaps (
    account INTEGER NOT NULL REFERENCES accounts (id),
    from_date TEXT NOT NULL,
    to_date TEXT NOT NULL,
    missing TEXT NOT NULL,
    currency TEXT NOT NULL,
    found_at TEXT NOT NULL,
    PRIMARY KEY (account, to_date)
  );

  CREATE TABLE coverage (             -- days that statements cover; spans neither touch nor overlap
    account INTEGER NOT NULL REFERENCES accounts (id),
    from_date TEXT NOT NULL,
    to_date TEXT NOT NULL,
    downloaded INTEGER NOT NULL,      -- 0: from files alone
    PRIMARY KEY (account, from_date)
  );

  CREATE TABLE holes (                -- days that the institution no longer gave; they count as covered
    account INTEGER NOT NULL REFERENCES accounts (id),
    from_date TEXT NOT NULL,
    to_date TEXT NOT NULL,
    found_at TEXT NOT NULL,
    PRIMARY KEY (account, from_date)
  );

  CREATE TABLE files (                -- statement files that were taken, by their content
    institution TEXT NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    accounts TEXT NOT NULL,           -- the accounts that they were taken for, as a hash
    taken_at TEXT NOT NULL,
    PRIMARY KEY (institution, hash, accounts)
  );

  CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    run INTEGER,
    received_at TEXT NOT NULL,
    from_date TEXT,
    to_date TEXT,
    detail TEXT NOT NULL              -- positions, securities, cash, other balances: JSON
  );
  CREATE INDEX statements_by_account ON statements (account, id);
  CREATE INDEX statements_by_end ON statements (account, to_date);

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    ok INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    unattended INTEGER NOT NULL DEFAULT 0
  );

  CREATE TABLE outcomes (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    institution TEXT NOT NULL,
    account TEXT NOT NULL,
    status TEXT NOT NULL,
    code TEXT,
    message TEXT,
    hint TEXT,
    duration_ms INTEGER NOT NULL,
    PRIMARY KEY (run, institution, account)
  );
  CREATE INDEX outcomes_by_account ON outcomes (institution, account, run);

  CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    run INTEGER,
    institution TEXT NOT NULL,
    received_at TEXT NOT NULL,
    origin TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    asked TEXT NOT NULL,              -- accounts, windows and TRNUIDs that it answers: JSON
    body BLOB NOT NULL                -- zlib
  );
  CREATE INDEX replies_by_time ON replies (received_at);

  CREATE TABLE told (                 -- conditions that the person was told of
    institution TEXT NOT NULL,
    account TEXT NOT NULL,            -- empty: the login
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (institution, account, kind, detail)
  );

  CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    sent_at TEXT,                     -- NULL: still to be delivered
    body TEXT NOT NULL
  );

  CREATE TABLE logins (
    institution TEXT PRIMARY KEY,
    last_signon TEXT NOT NULL DEFAULT 'unknown',
    blocked_code TEXT,
    blocked_message TEXT,
    blocked_at TEXT,
    client_uid TEXT,
    access_key TEXT,
    session_cookie TEXT,
    profile TEXT,                     -- JSON
    salt TEXT,
    check_value INTEGER
  );
  `,
  `
  CREATE TABLE unread (               -- parts of replies and files that could not be read
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    run INTEGER,                      -- run and received_at are those of the reply
    received_at TEXT NOT NULL,
    origin TEXT NOT NULL,             -- path of the file; empty for a reply
    code TEXT NOT NULL,               -- of the notice
    message TEXT NOT NULL,
    count INTEGER NOT NULL,
    day TEXT,                         -- of the transaction, where it is known
    from_date TEXT NOT NULL,          -- a later statement of these days decides
    to_date TEXT NOT NULL,
    PRIMARY KEY (account, received_at, origin, code, message)
  );
  CREATE INDEX unread_by_reply ON unread (received_at);
  `,
  `
  ALTER TABLE accounts ADD COLUMN identity TEXT;  -- host, ORG, FID and numbers of the account: JSON; NULL: unknown
  ALTER TABLE accounts ADD COLUMN former_name TEXT;  -- institution/account, where it was renamed
  `,
  // Statements are ordered by the number of their arrival. What was stored before comes first, in the order of its instants.
  // Ledger balances that a bank states as what is owed are stored negated.
  `
  CREATE TABLE arrivals (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER,                      -- NULL: an imported file
    at TEXT NOT NULL                  -- by this computer's clock
  );
  CREATE INDEX arrivals_by_time ON arrivals (at);

  ALTER TABLE accounts ADD COLUMN latest_position TEXT;       -- position of the newest statement
  ALTER TABLE transactions ADD COLUMN first_position TEXT;    -- position of the statement that added it
  ALTER TABLE transactions ADD COLUMN position TEXT;          -- position of the statement that the content is from
  ALTER TABLE transactions ADD COLUMN removed_position TEXT;
  ALTER TABLE versions ADD COLUMN position TEXT;              -- position of the statement that replaced it
  ALTER TABLE balances ADD COLUMN position TEXT;
  ALTER TABLE balances ADD COLUMN stated TEXT;                -- the amount as the bank wrote it
  ALTER TABLE accounts ADD COLUMN owed INTEGER NOT NULL DEFAULT 0;  -- 1: a positive ledger balance is a debt
  UPDATE accounts SET latest_position = '0000000000 ' || latest_as_of;
  UPDATE transactions SET first_position = '0000000000 ' || MIN(first_seen_at, as_of), position = '0000000000 ' || as_of,
    removed_position = '0000000000 ' || removed_at;
  UPDATE versions SET position = '0000000000 ' || replaced_at;
  UPDATE balances SET position = '0000000000 ' || received_at, stated = amount;
  `,
  `
  CREATE TABLE handovers (            -- up to which change a consumer was served last
    consumer TEXT PRIMARY KEY,
    change INTEGER NOT NULL
  );
  `,
  // A host to which a kept profile moves statements counts as confirmed when the bank has accepted a sign-on or sent a statement.
  `
  CREATE TABLE confirmed_hosts (
    host TEXT NOT NULL,               -- of the bank's own address
    confirmed TEXT NOT NULL,          -- a host to which its profile may move statements
    PRIMARY KEY (host, confirmed)
  );
  WITH kept (institution, last_signon, profile) AS (
    SELECT institution, last_signon, CASE WHEN json_valid(profile) THEN profile ELSE '{}' END FROM logins
  ), moved (own, other) AS (
    SELECT json_extract(profile, '$.url'), address.value
    FROM kept, json_each(kept.profile, '$.addresses') AS address
    WHERE last_signon = 'ok' OR EXISTS (
      SELECT 1 FROM outcomes o WHERE o.institution = kept.institution AND o.status = 'ok'
    )
  ), rests (own, other) AS (          -- from the host on
    SELECT replace(substr(own, instr(own, '://') + 3), '?', '/') || '/',
      replace(substr(other, instr(other, '://') + 3), '?', '/') || '/'
    FROM moved WHERE own LIKE 'https://%' AND other LIKE 'https://%'
  ), servers (own, other) AS (        -- with the port
    SELECT substr(own, 1, instr(own, '/') - 1) || ':', substr(other, 1, instr(other, '/') - 1) || ':' FROM rests
  )
  INSERT OR IGNORE INTO confirmed_hosts (host, confirmed)
  SELECT lower(substr(own, 1, instr(own, ':') - 1)), lower(substr(other, 1, instr(other, ':') - 1)) FROM servers;
  `,
  `
  ALTER TABLE logins ADD COLUMN login TEXT;  -- of the institution's last sign-on; NULL: none since version 0.1

  CREATE TABLE signons (              -- logins, whatever the names of their institutions
    login TEXT PRIMARY KEY,           -- hash of host, ORG, FID and user id, by the key in the file beside
    client_uid TEXT,
    access_key TEXT,
    session_cookie TEXT
  );

  CREATE TABLE credentials (          -- passwords of a login that were presented
    login TEXT NOT NULL,
    check_value INTEGER NOT NULL,
    verdict TEXT,                     -- accepted, refused; NULL: none yet
    unanswered INTEGER NOT NULL DEFAULT 0,  -- sign-ons without a verdict
    code TEXT,                        -- code, message, at: of the refusal, else of the last one without a verdict
    message TEXT,
    at TEXT,
    PRIMARY KEY (login, check_value)
  );
  `,
  `
  ALTER TABLE gaps ADD COLUMN excess TEXT;                    -- ids of transactions that may be one too many: JSON
  ALTER TABLE transactions ADD COLUMN unlisted TEXT;          -- position of the statement that should have had it and did not
  ALTER TABLE transactions ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;  -- 1: removed since the bank no longer lists it
  ALTER TABLE accounts ADD COLUMN listed INTEGER;             -- number of transactions in the newest download
  ALTER TABLE accounts ADD COLUMN repeats INTEGER;            -- 1: equal transactions with one FITID are one; 0: they are several
  CREATE TABLE spellings (            -- other content under which a transaction came, from a file perhaps
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    transaction_id INTEGER NOT NULL REFERENCES transactions (id) ON DELETE CASCADE,
    fitid TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (transaction_id, body)
  );
  CREATE INDEX spellings_by_fitid ON spellings (account, fitid);
  `,
  `
  ALTER TABLE marks ADD COLUMN served_at TEXT;                -- instant at which the mark moved last; NULL: unknown
  ALTER TABLE marks ADD COLUMN file TEXT;                     -- to which the account was exported last; NULL: none, or unknown
  `,
  `
  CREATE TABLE declarations (         -- names that a consumer without a file of its own has declared: it reads one output after another
    consumer TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (consumer, name)
  );

  CREATE TABLE classifications (      -- what the rules of accounts.yaml make of a transaction
    transaction_id INTEGER PRIMARY KEY REFERENCES transactions (id) ON DELETE CASCADE,
    payee TEXT,
    category TEXT,
    tags TEXT NOT NULL,               -- JSON
    transfer TEXT                     -- id of the other side of a transfer
  );
  CREATE TABLE classified (           -- one row: of which rules, and up to which change
    rules TEXT NOT NULL,
    change INTEGER NOT NULL
  );
  `,
  `
  CREATE TABLE market_values (        -- securities with cash, at the end of a day
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    as_of TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount TEXT NOT NULL,
    PRIMARY KEY (account, as_of, currency)
  );
  ALTER TABLE outcomes ADD COLUMN end_ms INTEGER;             -- from the start of the run; NULL: unknown
  `,
  // A row of a token is all that is known of it: its secrets are kept as SHA-256 digests.
  `
  ALTER TABLE accounts ADD COLUMN public_id TEXT;             -- random, never used again: other programs know the account by it
  UPDATE accounts SET public_id = lower(hex(randomblob(12)));
  CREATE UNIQUE INDEX accounts_by_public_id ON accounts (public_id);

  CREATE TABLE tokens (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,               -- reader, page
    since TEXT,                       -- first day that it may read; NULL: no limit
    all_accounts INTEGER NOT NULL,    -- 0: those of token_accounts
    created_at TEXT NOT NULL,
    setup_id TEXT UNIQUE,             -- setup_*, expires_at: NULL once it is claimed
    setup_digest TEXT,
    expires_at TEXT,
    access_id TEXT UNIQUE,            -- access_*, claimed_at: NULL until it is claimed
    access_digest TEXT,
    claimed_at TEXT,
    last_used_at TEXT
  );

  CREATE TABLE token_accounts (
    token TEXT NOT NULL REFERENCES tokens (name) ON DELETE CASCADE,
    institution TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (token, institution, name)
  );

  CREATE TABLE serving (              -- one row: the address at which other programs reach the server
    id INTEGER PRIMARY KEY CHECK (id = 1),
    url TEXT NOT NULL
  );
  `,
  `
  CREATE TABLE bridge_requests (      -- of the last day, since bridges limit their number
    credentials TEXT NOT NULL,        -- login and check value, as in credentials
    sent_at TEXT NOT NULL
  );
  CREATE INDEX bridge_requests_by_credentials ON bridge_requests (credentials, sent_at);
  `,
];

/** The schema version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** The hint for a store of a later version. */
export const UPDATE_HINT = 'Update ofx-sync, as its README says under “Update”';

export function schemaVersion(database: Database): number {
  return Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
}

/**
 * Upgrades the tables, one migration per transaction. Another process may be doing the same.
 * @param migrations of the program; tests pass others.
 */
export function migrate(database: Database, migrations: readonly string[] = MIGRATIONS): void {
  for (let version = schemaVersion(database); version < migrations.length; version += 1) {
    database.transaction(() => {
      if (schemaVersion(database) !== version) return;
      dropViews(database);
      database.exec(migrations[version] ?? '');
      createViews(database);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}
