import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { selectLimits } from "../select-limits.ts";

/** One database in memory that may read one file and nothing else. */
export interface ParquetSession {
  readonly duck: typeof import("@duckdb/node-api");
  readonly connection: DuckDBConnection;
  close(): void;
}

/** Opens databases, a few at a time. DuckDB is loaded for the first of them. */
export class ParquetQueries {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** Rejects with the signal's reason when the client leaves while it waits. */
  async open(path: string, signal: AbortSignal): Promise<ParquetSession> {
    await this.#enter(signal);
    let instance: DuckDBInstance | undefined;
    try {
      const duck = await import("@duckdb/node-api");
      instance = await duck.DuckDBInstance.create(":memory:", settings);
      const connection = await instance.connect();
      for (const statement of confinement(path)) await connection.run(statement);
      const database = instance;
      let open = true;
      const close = (): void => {
        if (!open) return;
        open = false;
        connection.closeSync();
        database.closeSync();
        this.#leave();
      };
      return { duck, connection, close };
    } catch (thrown) {
      instance?.closeSync();
      this.#leave();
      throw thrown;
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running < selectLimits.parquetQueries) {
      this.#running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      this.#waiting.push(enter);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** The place goes to who waits longest. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}

const settings: Record<string, string> = Object.freeze({
  memory_limit: `${selectLimits.parquetMemoryBytes}B`,
  threads: String(selectLimits.parquetThreads),
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
  temp_directory: "",
});

/** After these, no statement reaches another file, the network or a setting. */
function confinement(path: string): readonly string[] {
  return [
    `SET allowed_paths = [${literal(path)}]`,
    "SET enable_external_access = false",
    "SET lock_configuration = true",
  ];
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
