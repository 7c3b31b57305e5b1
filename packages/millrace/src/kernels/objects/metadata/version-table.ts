import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { type VersionRow, versionColumns } from "./version-row.ts";

/** The statements that find versions, on one of the two connections. Rows come as arrays. */
export class VersionQueries {
  readonly #latest: StatementSync;
  readonly #named: StatementSync;
  readonly #null: StatementSync;
  readonly #layout: StatementSync;
  readonly #owned: StatementSync;

  constructor(connection: DatabaseSync) {
    const prepare = (sql: string): StatementSync => prepareRows(connection, sql);
    const select = `SELECT ${versionColumns} FROM versions WHERE bucket = ? AND key = ?`;
    this.#latest = prepare(`${select} ORDER BY age LIMIT 1`);
    this.#named = prepare(`${select} AND version_id = ? AND version_id <> 'null' LIMIT 1`);
    this.#null = prepare(`${select} AND version_id = 'null' ORDER BY age LIMIT 1`);
    this.#layout = prepare("SELECT document FROM layouts WHERE blob = ?");
    this.#owned = prepare("SELECT 1 FROM blobs WHERE blob = ?");
  }

  latest(bucket: number, key: string): VersionRow | undefined {
    return oneRow(this.#latest, [bucket, key]);
  }

  find(bucket: number, key: string, versionId: string): VersionRow | undefined {
    return versionId === "null"
      ? oneRow(this.#null, [bucket, key])
      : oneRow(this.#named, [bucket, key, versionId]);
  }

  /** Whether a version, a part or an upload owns the blob. */
  isOwned(blob: string): boolean {
    return oneRow(this.#owned, [blob]) !== undefined;
  }

  layout(blob: string): string | undefined {
    return oneRow<readonly [string]>(this.#layout, [blob])?.[0];
  }
}

/** What commits change of versions, and of the blobs that they own. */
export class VersionTable extends VersionQueries {
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #own: StatementSync;
  readonly #disown: StatementSync;
  readonly #some: StatementSync;
  readonly #insertLayout: StatementSync;
  readonly #deleteLayout: StatementSync;

  constructor(writer: DatabaseSync) {
    super(writer);
    this.#insert = writer.prepare(
      `INSERT INTO versions (bucket, ${versionColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = writer.prepare(
      "UPDATE versions SET document = ? WHERE bucket = ? AND key = ? AND age = ?",
    );
    this.#delete = writer.prepare("DELETE FROM versions WHERE bucket = ? AND key = ? AND age = ?");
    this.#own = writer.prepare("INSERT OR IGNORE INTO blobs VALUES (?)");
    this.#disown = writer.prepare("DELETE FROM blobs WHERE blob = ?");
    this.#some = prepareRows(writer, `SELECT ${versionColumns} FROM versions WHERE bucket = ? LIMIT ?`);
    this.#insertLayout = writer.prepare("INSERT OR REPLACE INTO layouts VALUES (?, ?)");
    this.#deleteLayout = writer.prepare("DELETE FROM layouts WHERE blob = ?");
  }

  /** Any versions of a bucket. */
  some(bucket: number, limit: number): readonly VersionRow[] {
    return allRows(this.#some, [bucket, limit]);
  }

  /** The version's blob is owned from now on. */
  insert(bucket: number, row: VersionRow, layout: string | undefined): void {
    this.#insert.run(bucket, ...row);
    const blob = row[7];
    if (blob === null) return;
    this.#own.run(blob);
    if (layout !== undefined) this.#insertLayout.run(blob, layout);
  }

  update(bucket: number, row: VersionRow, document: string): void {
    this.#update.run(document, bucket, row[0], row[1]);
  }

  /** Answers the blob that nobody owns now. */
  delete(bucket: number, row: VersionRow): string | undefined {
    this.#delete.run(bucket, row[0], row[1]);
    const blob = row[7];
    if (blob === null) return undefined;
    this.disown(blob);
    this.#deleteLayout.run(blob);
    return blob;
  }

  own(blob: string): void {
    this.#own.run(blob);
  }

  disown(blob: string): void {
    this.#disown.run(blob);
  }
}

export function prepareRows(connection: DatabaseSync, sql: string): StatementSync {
  const statement = connection.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

/** Of a statement that returns arrays. */
export function oneRow<Row = VersionRow>(
  statement: StatementSync,
  values: readonly SQLInputValue[],
): Row | undefined {
  return statement.get(...values) as Row | undefined;
}

/** Of a statement that returns arrays. */
export function allRows<Row = VersionRow>(
  statement: StatementSync,
  values: readonly SQLInputValue[],
): readonly Row[] {
  return statement.all(...values) as unknown as readonly Row[];
}
