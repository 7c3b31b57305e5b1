import type { SqlFile } from "../../../core/sql-file.ts";
import { limits } from "../limits.ts";
import type { OperationDocument } from "./document.ts";

export interface OperationFilter {
  readonly operation: string | undefined;
  readonly status: string | undefined;
}

/** What was done to applications, on disk only. */
export class OperationTable {
  readonly #file: SqlFile;

  constructor(file: SqlFile) {
    this.#file = file;
  }

  /** Inside a transaction: a new one, or its end. */
  put(application: string, document: OperationDocument): void {
    const { id, operation, status } = document;
    this.#file
      .prepare(`INSERT INTO operations (application, id, operation, status, document) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (application, id) DO UPDATE SET status = excluded.status, document = excluded.document`)
      .run(application, id, operation, status, JSON.stringify(document));
    this.#file
      .prepare(`DELETE FROM operations WHERE application = ?1 AND status <> 'IN_PROGRESS' AND seq <= (
        SELECT seq FROM operations WHERE application = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)`)
      .run(application, limits.keptOperations);
  }

  get(application: string, id: string): OperationDocument | undefined {
    const select = this.#file.prepare("SELECT document FROM operations WHERE application = ? AND id = ?");
    const row = select.get(application, id);
    return row === undefined ? undefined : (JSON.parse(String(row["document"])) as OperationDocument);
  }

  /** The newest first. @param before the `seq` that the page before ended with */
  list(
    application: string,
    { operation, status }: OperationFilter,
    before: number | undefined,
    count: number,
  ): readonly { readonly seq: number; readonly document: OperationDocument }[] {
    const select = this.#file.prepare(`SELECT seq, document FROM operations
      WHERE application = ? AND seq < ? AND (?3 IS NULL OR operation = ?3) AND (?4 IS NULL OR status = ?4)
      ORDER BY seq DESC LIMIT ?5`);
    const rows = select.all(
      application,
      before ?? Number.MAX_SAFE_INTEGER,
      operation ?? null,
      status ?? null,
      count,
    );
    return rows.map((row) => ({
      seq: Number(row["seq"]),
      document: JSON.parse(String(row["document"])) as OperationDocument,
    }));
  }
}
