/**
 * groups and streams: what the API shows of them. events: one row an event; `seq` is the order of arrival.
 * trash: ids of groups and streams that are gone, whose events are still to be removed. Ids are never used
 * again, so what is made anew under an old name never meets old events.
 */
export const logSchema = `
  CREATE TABLE IF NOT EXISTS groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
    created_ms INTEGER NOT NULL, retention_days INTEGER, tags TEXT NOT NULL, bytes INTEGER NOT NULL,
    UNIQUE (account, region, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY AUTOINCREMENT, grp INTEGER NOT NULL, name TEXT NOT NULL, created_ms INTEGER NOT NULL,
    first_ms INTEGER, last_ms INTEGER, ingested_ms INTEGER,
    UNIQUE (grp, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, grp INTEGER NOT NULL, stream INTEGER NOT NULL, time INTEGER NOT NULL,
    ingested_ms INTEGER NOT NULL, message TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_group ON events (grp, time);
  CREATE INDEX IF NOT EXISTS events_by_stream ON events (stream, time);
  CREATE TABLE IF NOT EXISTS trash (
    kind TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS metric_filters (
    grp INTEGER NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (grp, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS resource_policies (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL,
    updated_ms INTEGER NOT NULL, PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;`;
