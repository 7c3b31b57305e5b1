import { closeSync, fdatasyncSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { systemCode } from "../../../core/errors.ts";
import { isDiskFull } from "./sqlite-errors.ts";

/*
 * A bucket is a row; its id is never given again, so that what is left of a deleted bucket belongs to nobody.
 * The versions of a key lie together, the newest first: `age` is the negative sequence number. The first row of
 * a key is its latest version; no row says so. What all listings need has columns, the rest is JSON.
 * `layouts` holds what is long and rarely asked for: the parts of a version, and its encrypted pieces.
 * `blobs` has each blob that a version, a part or an upload owns: a sweep removes all others.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS buckets (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, versioning TEXT NOT NULL, document TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS versions (
    bucket INTEGER NOT NULL, key TEXT NOT NULL, age INTEGER NOT NULL, version_id TEXT NOT NULL,
    marker INTEGER NOT NULL, modified_ms INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    blob TEXT, document TEXT NOT NULL,
    PRIMARY KEY (bucket, key, age)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS version_ids ON versions (bucket, key, version_id) WHERE version_id <> 'null';
  CREATE TABLE IF NOT EXISTS blobs (
    blob TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS layouts (
    blob TEXT PRIMARY KEY, document TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS uploads (
    bucket INTEGER NOT NULL, key TEXT NOT NULL, sequence INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    PRIMARY KEY (bucket, key, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL, number INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (upload, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counters (
    name TEXT PRIMARY KEY, value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS feeds (
    name TEXT PRIMARY KEY, position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS outbox (
    position INTEGER PRIMARY KEY, event TEXT NOT NULL
  ) STRICT;`;

/** Of SQLite's pages in memory, for each of the two connections. */
const cacheKibibytes = 4096;

/**
 * The two connections to the metadata. What the writer commits, the reader does not see before `publish`: its
 * snapshot stays where it is, so that nobody is shown what a power cut could still take back.
 */
export class MetadataDatabase {
  readonly writer: DatabaseSync;
  readonly reader: DatabaseSync;

  /** @param isKept false: SQLite syncs nothing at all. */
  constructor(path: string, isKept: boolean) {
    // What a killed process left in the log was perhaps never synced: it is before anybody reads it.
    if (isKept) syncFile(`${path}-wal`);
    this.writer = new DatabaseSync(path);
    // NORMAL: commits are not synced (GroupCommit does that, off the event loop); checkpoints are, both ends.
    this.writer.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${isKept ? "NORMAL" : "OFF"};
      PRAGMA wal_autocheckpoint = 0;
      PRAGMA cache_size = -${cacheKibibytes};
      PRAGMA busy_timeout = 5000;`);
    this.#copyLog();
    this.writer.exec(schema);
    this.reader = new DatabaseSync(path);
    this.reader.exec(`PRAGMA query_only = ON; PRAGMA cache_size = -${cacheKibibytes}; BEGIN`);
    this.#pin();
  }

  /** Shows readers what is committed now. */
  publish(): void {
    this.reader.exec("COMMIT; BEGIN");
    this.#pin();
  }

  /**
   * Copies the log into the database and lets the log begin anew. Everything in the log must be published.
   */
  checkpoint(): void {
    this.#copyLog();
    this.publish();
  }

  close(): void {
    this.reader.close();
    this.writer.close();
  }

  /** On a full disk the log grows on, and is copied when there is space again. */
  #copyLog(): void {
    try {
      this.writer.exec("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }

  /** A transaction's snapshot is that of its first read. */
  #pin(): void {
    this.reader.exec("SELECT 1 FROM buckets LIMIT 1");
  }
}

/** It is no error when there is no such file. */
function syncFile(path: string): void {
  let file: number;
  try {
    file = openSync(path, "r+");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
