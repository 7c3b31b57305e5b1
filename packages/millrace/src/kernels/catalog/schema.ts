/**
 * The catalog's file. Ids are never used twice, so that what a deleted table leaves behind, which goes in the
 * background (`trash`), is never mistaken for a new table's.
 *
 *   databases            one row a database; `document` is its DatabaseDefinition as JSON
 *   tables               the current version of each table
 *   table_versions       the versions before it
 *   partition_keys       one narrow row a partition: `name` is its values as JSON text, which is unique in the
 *                        table; k0 to k7 are the values in the types of their keys (key-value.ts), NULL where a
 *                        value is not of its key's type; `more` has those from the ninth on, as a JSON array;
 *                        `bucket` spreads partitions over segments
 *   partition_documents  the partitions' PartitionDefinitions
 *   partition_indexes    what partition indexes there are, and how far their backfill has come
 *   partition_entries    an index's rows: up to four typed values, x'' for NULL, and the partition's
 *                        name and id
 *   attachments          documents that others keep about a database, table or partition and that go with it
 */
export const catalogSchema = `
  CREATE TABLE IF NOT EXISTS databases (
    id INTEGER PRIMARY KEY AUTOINCREMENT, catalog TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
    document TEXT NOT NULL, created_ms INTEGER NOT NULL,
    UNIQUE (catalog, region, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT, database_id INTEGER NOT NULL, name TEXT NOT NULL,
    version INTEGER NOT NULL, document TEXT NOT NULL, created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    UNIQUE (database_id, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS table_versions (
    table_id INTEGER NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, updated_ms INTEGER NOT NULL,
    PRIMARY KEY (table_id, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS partition_keys (
    table_id INTEGER NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL, bucket INTEGER NOT NULL,
    k0 ANY, k1 ANY, k2 ANY, k3 ANY, k4 ANY, k5 ANY, k6 ANY, k7 ANY, more TEXT,
    PRIMARY KEY (table_id, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS partition_documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, created_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS partition_indexes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL, name TEXT NOT NULL, keys TEXT NOT NULL,
    status TEXT NOT NULL, filled_to TEXT,
    UNIQUE (table_id, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS partition_entries (
    index_id INTEGER NOT NULL, a0 ANY NOT NULL, a1 ANY NOT NULL, a2 ANY NOT NULL, a3 ANY NOT NULL,
    name TEXT NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (index_id, a0, a1, a2, a3, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS attachments (
    owner TEXT NOT NULL, owner_id INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    document TEXT NOT NULL, created_ms INTEGER NOT NULL,
    PRIMARY KEY (owner, owner_id, kind, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS trash (
    owner TEXT NOT NULL, owner_id INTEGER NOT NULL,
    PRIMARY KEY (owner, owner_id)
  ) STRICT, WITHOUT ROWID;
`;
