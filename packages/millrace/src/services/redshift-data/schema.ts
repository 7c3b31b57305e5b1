/**
 * statements: one document each, in the order of `seq`; what lists filter by stands in columns. A status that is
 * not final means that it has not ended, and after a crash that nobody knows how it ended. sessions: the same.
 */
export const redshiftDataSchema = `
  CREATE TABLE IF NOT EXISTS statements (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, region TEXT NOT NULL,
    identity TEXT NOT NULL, user_id TEXT NOT NULL, cluster TEXT NOT NULL, dbname TEXT NOT NULL, name TEXT,
    status TEXT NOT NULL, created_ms INTEGER NOT NULL, result_bytes INTEGER NOT NULL,
    token TEXT, token_input TEXT, document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS statements_by_owner ON statements (account, region, identity, seq);
  CREATE INDEX IF NOT EXISTS statements_by_token ON statements (account, region, token) WHERE token IS NOT NULL;
  CREATE INDEX IF NOT EXISTS statements_by_age ON statements (created_ms);
  CREATE TABLE IF NOT EXISTS sessions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, region TEXT NOT NULL,
    identity TEXT NOT NULL, user_id TEXT NOT NULL, cluster TEXT NOT NULL, dbname TEXT NOT NULL,
    closed INTEGER NOT NULL, created_ms INTEGER NOT NULL, document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sessions_by_owner ON sessions (account, region, identity, seq);`;
