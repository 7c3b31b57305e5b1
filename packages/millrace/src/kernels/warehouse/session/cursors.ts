import type { EngineConnection } from "../engine/engine-connection.ts";
import type { ResultColumn } from "../sql-session.ts";

/** Rows of a query that lie in a temporary table of the engine until they are fetched. */
export interface Cursor {
  readonly columns: readonly ResultColumn[];
  /** The engine's table. */
  readonly table: string;
  readonly rows: number;
  /** Rows that were fetched. */
  position: number;
}

/** The cursors of a session's transaction. Redshift lets one be open at a time on a single node. */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();
  #number = 0;

  get(name: string): Cursor | undefined {
    return this.#cursors.get(name);
  }

  get size(): number {
    return this.#cursors.size;
  }

  names(): readonly string[] {
    return [...this.#cursors.keys()];
  }

  put(name: string, cursor: Cursor): void {
    this.#cursors.set(name, cursor);
  }

  newTable(): string {
    return `"temp"."main"."cursor${++this.#number}"`;
  }

  async close(name: string, connection: EngineConnection): Promise<void> {
    const cursor = this.#cursors.get(name);
    this.#cursors.delete(name);
    if (cursor !== undefined) await connection.run(`DROP TABLE IF EXISTS ${cursor.table}`);
  }

  /** The transaction has ended: they go with it. Their tables were dropped before a commit, and by a rollback. */
  forgetAll(): void {
    this.#cursors.clear();
  }
}
