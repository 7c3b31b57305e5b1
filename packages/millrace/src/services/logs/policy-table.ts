import type { SqlFile } from "../../core/sql-file.ts";
import type { Owner } from "./group-table.ts";

export interface PolicyRow {
  readonly name: string;
  readonly document: string;
  readonly updatedMs: number;
}

/** Resource policies of accounts: who may write into their groups. */
export class PolicyTable {
  readonly #file: SqlFile;

  constructor(file: SqlFile) {
    this.#file = file;
  }

  list({ account, region }: Owner): PolicyRow[] {
    return this.#file
      .prepare("SELECT * FROM resource_policies WHERE account = ? AND region = ? ORDER BY name")
      .all(account, region)
      .map((row) => ({
        name: String(row["name"]),
        document: String(row["document"]),
        updatedMs: Number(row["updated_ms"]),
      }));
  }

  /** Inside a write. */
  put({ account, region }: Owner, policy: PolicyRow): void {
    this.#file
      .prepare("INSERT OR REPLACE INTO resource_policies VALUES (?, ?, ?, ?, ?)")
      .run(account, region, policy.name, policy.document, policy.updatedMs);
  }

  /** Inside a write. */
  delete({ account, region }: Owner, name: string): boolean {
    const { changes } = this.#file
      .prepare("DELETE FROM resource_policies WHERE account = ? AND region = ? AND name = ?")
      .run(account, region, name);
    return Number(changes) > 0;
  }
}
