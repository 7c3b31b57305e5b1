/**
 * applications: one document each, in memory as well. versions, operations, snapshots, notes: of an application,
 * by its id; they go with it. code: archives that came inside a call, by their SHA-256.
 */
export const kinesisAnalyticsV2Schema = `
  CREATE TABLE IF NOT EXISTS applications (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS versions (
    application TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (application, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS operations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, application TEXT NOT NULL, id TEXT NOT NULL, operation TEXT NOT NULL,
    status TEXT NOT NULL, document TEXT NOT NULL, UNIQUE (application, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS snapshots (
    application TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (application, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS notes (
    application TEXT NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (application, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS code (
    application TEXT NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (application, sha256)
  ) STRICT;`;
