import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Engine } from "../engine/engine.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { DatabaseRecord } from "../leader-records.ts";
import { Database, publicSchema } from "./database.ts";

export interface ClusterEngineOptions {
  /** The cluster's own folder. */
  readonly directory: string;
  readonly temporaryDirectory: string;
  readonly readableDirectories: readonly string[];
  readonly threads: number | undefined;
  readonly memoryLimitBytes: number | undefined;
  /** OIDs of the databases that there are. */
  readonly knownDatabases: () => ReadonlySet<number>;
  /** Runs once for each engine, before anything else: macros and functions. */
  readonly prepare: (engine: Engine) => Promise<void>;
}

/** The engine of a cluster and the databases in it, opened when they are first needed. */
export class ClusterEngine {
  readonly #options: ClusterEngineOptions;
  #engine: Promise<Engine> | undefined;
  /** An engine that is being closed still has the files. */
  #closing: Promise<void> = Promise.resolve();
  readonly #databases = new Map<number, Promise<Database>>();
  readonly #open = new Map<number, Database>();

  constructor(options: ClusterEngineOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#engine !== undefined;
  }

  async connect(): Promise<EngineConnection> {
    return (await this.#started()).connect();
  }

  openDatabase(oid: number): Database | undefined {
    return this.#open.get(oid);
  }

  /** @param publicOid of the schema `public` of a database that is new */
  database(record: DatabaseRecord, publicOid: () => Promise<number>): Promise<Database> {
    const known = this.#databases.get(record.oid);
    if (known !== undefined) return known;
    const opened = this.#openDatabase(record, publicOid);
    this.#databases.set(record.oid, opened);
    opened.then(
      (database) => this.#open.set(record.oid, database),
      () => this.#databases.delete(record.oid),
    );
    return opened;
  }

  async dropDatabase(oid: number): Promise<void> {
    const engine = await this.#started();
    this.#databases.delete(oid);
    this.#open.delete(oid);
    await engine.detach(Database.nameOf(oid));
    await this.#removeFiles(oid);
  }

  /** Files of databases that no record names: what a crash left of a CREATE or DROP DATABASE. */
  async #removeStrangers(): Promise<void> {
    const { directory } = this.#options;
    const known = this.#options.knownDatabases();
    for (const name of await readdir(directory)) {
      const oid = Number(/^d(\d+)\.duckdb(\.wal)?$/.exec(name)?.[1]);
      if (oid > 0 && !known.has(oid)) await rm(join(directory, name), { force: true });
    }
  }

  /** Everything committed is in the files afterwards. It may be opened again. */
  close(): Promise<void> {
    this.#closing = this.#closing.then(() => this.#close());
    return this.#closing;
  }

  async #close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    this.#databases.clear();
    this.#open.clear();
    if (engine !== undefined) await (await engine).close();
    await rm(this.#options.temporaryDirectory, { recursive: true, force: true });
  }

  #started(): Promise<Engine> {
    this.#engine ??= this.#start().catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }

  async #start(): Promise<Engine> {
    await this.#closing;
    const { directory, temporaryDirectory, readableDirectories, threads, memoryLimitBytes } = this.#options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await this.#removeStrangers();
    const directories = [directory, temporaryDirectory, ...readableDirectories];
    const engine = await Engine.open({ temporaryDirectory, directories, threads, memoryLimitBytes });
    await this.#options.prepare(engine);
    return engine;
  }

  async #openDatabase(record: DatabaseRecord, publicOid: () => Promise<number>): Promise<Database> {
    const engine = await this.#started();
    const first = async () => [publicSchema(await publicOid())];
    return Database.open(engine, record.oid, this.#file(record.oid), first);
  }

  #file(oid: number): string {
    return join(this.#options.directory, `d${oid}.duckdb`);
  }

  async #removeFiles(oid: number): Promise<void> {
    const file = this.#file(oid);
    await rm(`${file}.wal`, { force: true });
    await rm(file, { force: true });
  }
}
