import type { SqlFile } from "../../../core/sql-file.ts";
import type { VersionDocument } from "./document.ts";

/** All versions of applications, on disk only: their texts are long. */
export class VersionTable {
  readonly #file: SqlFile;

  constructor(file: SqlFile) {
    this.#file = file;
  }

  /** Inside a transaction. */
  put(application: string, version: VersionDocument): void {
    this.#file
      .prepare("INSERT OR REPLACE INTO versions VALUES (?, ?, ?)")
      .run(application, version.version, JSON.stringify(version));
  }

  /** Inside a transaction: keeps the newest. */
  prune(application: string, kept: number): void {
    this.#file
      .prepare(`DELETE FROM versions WHERE application = ?1 AND version <=
        (SELECT max(version) FROM versions WHERE application = ?1) - ?2`)
      .run(application, kept);
    this.#file
      .prepare(`DELETE FROM code WHERE application = ?1 AND sha256 NOT IN
        (SELECT coalesce(document ->> 'archive', '') FROM versions WHERE application = ?1)`)
      .run(application);
  }

  get(application: string, version: number): VersionDocument | undefined {
    const select = this.#file.prepare("SELECT document FROM versions WHERE application = ? AND version = ?");
    const row = select.get(application, version);
    return row === undefined ? undefined : (JSON.parse(String(row["document"])) as VersionDocument);
  }

  /** The newest first. @param before the version that the page before ended with */
  list(application: string, before: number | undefined, count: number): readonly VersionDocument[] {
    const select = this.#file.prepare(
      "SELECT document FROM versions WHERE application = ? AND version < ? ORDER BY version DESC LIMIT ?",
    );
    const rows = select.all(application, before ?? Number.MAX_SAFE_INTEGER, count);
    return rows.map((row) => JSON.parse(String(row["document"])) as VersionDocument);
  }
}
