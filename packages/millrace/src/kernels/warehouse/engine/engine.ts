import { mkdirSync } from "node:fs";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { EngineConnection } from "./engine-connection.ts";
import { quoteString } from "./quote.ts";

export interface EngineOptions {
  /** Where what does not fit in memory goes; it is inside of the data directory. */
  readonly temporaryDirectory: string;
  /** The files that the engine may touch lie below these and nowhere else. */
  readonly directories: readonly string[];
  /** Of all sessions together; the machine's cores when undefined. */
  readonly threads: number | undefined;
  /** For all sessions together; four fifths of the machine's memory when undefined. */
  readonly memoryLimitBytes: number | undefined;
}

/**
 * One DuckDB of a cluster. The library is big (70 MB on disk, 25 MB in memory), so it is loaded when the first
 * cluster needs it. The engine itself holds nothing; databases are attached to it by name.
 */
export class Engine {
  readonly #instance: DuckDBInstance;
  /** For what belongs to no session: attaching, checkpoints. */
  readonly #control: EngineConnection;
  readonly #attached = new Map<string, Promise<void>>();

  private constructor(instance: DuckDBInstance, control: EngineConnection) {
    this.#instance = instance;
    this.#control = control;
  }

  static async open(options: EngineOptions): Promise<Engine> {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    mkdirSync(options.temporaryDirectory, { recursive: true, mode: 0o700 });
    const instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      default_block_size: String(blockBytes),
      ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
      ...(options.memoryLimitBytes === undefined ? {} : { memory_limit: `${options.memoryLimitBytes}B` }),
    });
    try {
      const connection = await instance.connect();
      for (const setting of settingsOf(options)) await connection.run(`SET GLOBAL ${setting}`);
      return new Engine(instance, new EngineConnection(connection));
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  /** For what is made once for all sessions, such as macros. */
  async define(statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.#control.run(statement);
  }

  /** For functions that are registered once for all sessions. */
  get controlConnection(): DuckDBConnection {
    return this.#control.raw;
  }

  async connect(): Promise<EngineConnection> {
    return new EngineConnection(await this.#instance.connect());
  }

  attach(name: string, file: string): Promise<void> {
    const known = this.#attached.get(name);
    if (known !== undefined) return known;
    const attached = this.#control.run(`ATTACH ${quoteString(file)} AS "${name}"`);
    this.#attached.set(name, attached);
    attached.catch(() => this.#attached.delete(name));
    return attached;
  }

  /** Waits for nobody: no session may use the database any more. Everything committed is then in its file. */
  async detach(name: string): Promise<void> {
    if (!this.#attached.has(name)) return;
    this.#attached.delete(name);
    await this.#control.run(`DETACH "${name}"`);
  }

  /** Moves what was committed from the log into the file. False when open transactions stand in the way. */
  async checkpoint(name: string): Promise<boolean> {
    try {
      await this.#control.run(`CHECKPOINT "${name}"`);
      return true;
    } catch {
      return false;
    }
  }

  /** Databases are checkpointed as they are closed. */
  async close(): Promise<void> {
    for (const name of [...this.#attached.keys()]) {
      await this.checkpoint(name);
      await this.detach(name).catch(() => undefined);
    }
    this.#control.close();
    this.#instance.closeSync();
  }
}

/**
 * Of files that are new. While rows come into a table the engine holds a block of each column and one of its nulls,
 * which do not go to disk: with the engine's own 256 KiB a table of 1,600 columns takes 1.6 GiB for one row. With
 * 64 KiB it takes a quarter, scans are as fast, and files are a third larger.
 */
const blockBytes = 65_536;

/**
 * `enable_external_access` comes last: from then on neither it nor the list of directories can be changed, and
 * the engine opens no other file, loads no extension and reaches no network.
 */
function settingsOf(options: EngineOptions): readonly string[] {
  return [
    "integer_division = true",
    "default_null_order = 'nulls_last_on_asc_first_on_desc'",
    `temp_directory = ${quoteString(options.temporaryDirectory)}`,
    `allowed_directories = [${options.directories.map(quoteString).join(", ")}]`,
    // A file that is read in place has a name of its own each time.
    "enable_external_file_cache = false",
    "allow_community_extensions = false",
    "enable_external_access = false",
  ];
}
