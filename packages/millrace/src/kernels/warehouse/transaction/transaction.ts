import { SqlError } from "../../../sql/sql-error.ts";
import { CatalogView } from "../catalog/catalog-view.ts";
import type { Database } from "../cluster/database.ts";
import type { LeaderChange, LeaderSnapshot } from "../cluster/leader.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import { appendChanges, type RowChanges, writeRecords } from "../engine/records-table.ts";
import type { LockMode, LockOwner } from "../locks/lock-table.ts";
import type { SessionHost } from "../session/session-host.ts";
import type { TemporarySchema } from "../session/temporary-schema.ts";
import { redistributeGrown } from "../slices/auto-distribution.ts";

/**
 * `none`: nothing was asked of the engine yet. `reading`: a read outside of a block, in a transaction of the engine
 * that ends with its rows. `open`: between the engine's BEGIN and its COMMIT.
 */
type EngineState = "none" | "reading" | "open";

export interface TransactionOptions {
  readonly host: SessionHost;
  readonly processId: number;
  readonly database: Database;
  readonly connection: EngineConnection;
  readonly temporary: TemporarySchema;
  readonly serializable: boolean;
}

/**
 * One transaction of a session, of a block or of a single statement. Its catalog is the one that was committed
 * when it first asked the engine, with its own changes over it.
 */
export class Transaction implements LockOwner {
  readonly processId: number;
  readonly id: number;
  readonly startedAtMs: number;
  readonly database: Database;
  readonly reads: Set<number> = new Set();
  readonly writes: Set<number> = new Set();
  /** Tables, temporary ones too, whose rows were changed. */
  readonly touched: Set<number> = new Set();
  /** BEGIN ... READ ONLY */
  readOnly = false;
  commitStartedAtMs: number | undefined;
  readonly #host: SessionHost;
  readonly #connection: EngineConnection;
  readonly #temporary: TemporarySchema;
  readonly #serializable: boolean;
  readonly #rowChanges = new Map<number, RowChanges>();
  readonly #leaderChanges: LeaderChange[] = [];
  readonly #afterCommit: (() => void)[] = [];
  #catalog: CatalogView;
  /** The leader's newest records with the transaction's own changes over them. */
  #leader: { readonly base: LeaderSnapshot; readonly snapshot: LeaderSnapshot } | undefined;
  #engine: EngineState = "none";

  constructor(options: TransactionOptions) {
    this.#host = options.host;
    this.#connection = options.connection;
    this.#temporary = options.temporary;
    this.#serializable = options.serializable;
    this.processId = options.processId;
    this.database = options.database;
    this.id = options.host.nextTransactionId();
    this.startedAtMs = options.host.clock.now();
    this.#catalog = this.#newView();
  }

  /** Before the engine was first asked it follows what others commit. */
  get catalog(): CatalogView {
    if (this.#engine !== "open" && !this.#catalog.isChanged && this.#catalog.base !== this.database.catalog)
      this.#catalog = this.#newView();
    return this.#catalog;
  }

  get leader(): LeaderSnapshot {
    const base = this.#host.leader.snapshot;
    if (this.#leaderChanges.length === 0) return base;
    if (this.#leader?.base !== base) this.#leader = { base, snapshot: base.with(this.#leaderChanges) };
    return this.#leader.snapshot;
  }

  get isOpenInEngine(): boolean {
    return this.#engine === "open";
  }

  /** Undefined when there was nothing to wait for. */
  lock(key: string, mode: LockMode): Promise<void> | undefined {
    return this.#host.locks.acquire(this, key, mode);
  }

  /** For a read outside of a block: a transaction of the engine without the catalog's gate and records. */
  async readAlone(): Promise<void> {
    await this.#endReading();
    await this.#connection.run("BEGIN TRANSACTION");
    this.#engine = "reading";
  }

  /**
   * Whether a read gave all of its rows: what fails while rows are fetched ends them quietly, and only the
   * engine's transaction tells.
   */
  async readAll(): Promise<boolean> {
    const alone = this.#engine === "reading";
    try {
      await this.#connection.run(alone ? "SELECT 1; COMMIT" : "SELECT 1");
    } catch {
      await this.undo();
      return false;
    }
    if (alone) this.#engine = "none";
    return true;
  }

  /** Takes back what the engine's transaction did; locks are kept. */
  async undo(): Promise<void> {
    await this.#endReading();
    await this.#rollbackEngine();
  }

  /** Begins the engine's transaction: from here on everything is seen as of this moment. */
  async open(): Promise<void> {
    if (this.#engine === "open") return;
    await this.#endReading();
    await this.database.gate.run(async () => {
      await this.#connection.run("BEGIN TRANSACTION");
      this.#engine = "open";
      // The engine takes a database's snapshot when it is first touched.
      await this.#connection.run(`SELECT 1 FROM "${this.database.engineName}".millrace.changes LIMIT 0`);
      this.#catalog = this.#catalog.isChanged ? this.#catalog : this.#newView();
      this.#host.history.begin(this);
    });
  }

  changeLeader(change: LeaderChange): void {
    this.#leaderChanges.push(change);
    this.#leader = undefined;
  }

  /** Rows of a table were changed. @param unsorted see RowChanges */
  noteRows(oid: number, unsorted: number): void {
    this.writes.add(oid);
    this.touched.add(oid);
    const known = this.#rowChanges.get(oid);
    this.#rowChanges.set(oid, { changes: 1, unsorted: (known?.unsorted ?? 0) + unsorted });
  }

  /** A table's rows were brought into the order of its sort key; they are the same rows. */
  noteSorted(oid: number): void {
    this.touched.add(oid);
    const changes = this.#rowChanges.get(oid)?.changes ?? 0;
    this.#rowChanges.set(oid, { changes, unsorted: -this.database.rowChanges(oid).unsorted });
  }

  /** What the transaction knows of a table's rows, its own changes among it. */
  rowChanges(oid: number): RowChanges {
    const own = this.#rowChanges.get(oid);
    const { changes, unsorted } = this.database.rowChanges(oid);
    return own === undefined
      ? { changes, unsorted }
      : { changes: changes + own.changes, unsorted: Math.max(0, unsorted + own.unsorted) };
  }

  afterCommit(run: () => void): void {
    this.#afterCommit.push(run);
  }

  /**
   * First the engine commits, rows and catalog at once; then the leader's documents are written. A crash in
   * between leaves the first without the second. @throws whatever the engine or the store throws
   */
  async commit(): Promise<void> {
    this.commitStartedAtMs = this.#host.clock.now();
    try {
      if (this.#engine === "open") await this.#commitEngine();
      else await this.#endReading();
      this.#temporary.replace(this.#catalog.temporary);
      await this.#host.leader.commit(this.#leaderChanges);
    } catch (error) {
      await this.#rollbackEngine();
      throw error;
    } finally {
      this.#end();
    }
    for (const run of this.#afterCommit) run();
  }

  async rollback(): Promise<void> {
    try {
      if (this.#engine === "open") await this.#rollbackEngine();
      else await this.#endReading();
    } finally {
      this.#end();
    }
  }

  /** Nothing can be asked of the engine any more. */
  abandon(): void {
    this.#end();
  }

  /** Of rows that nobody wants any more, too. */
  async #endReading(): Promise<void> {
    if (this.#engine !== "reading") return;
    this.#engine = "none";
    await this.#connection.run("ROLLBACK");
  }

  #newView(): CatalogView {
    return new CatalogView(this.database.catalog, this.#temporary.catalog, this.#temporary.schema);
  }

  #checkHistory(): void {
    if (!this.#serializable) return;
    this.#host.history.commit(this, {
      transactionId: this.id,
      processId: this.processId,
      databaseOid: this.database.oid,
      reads: this.reads,
      writes: this.writes,
    });
  }

  async #commitEngine(): Promise<void> {
    await redistributeGrown(this, this.#rowChanges.keys(), this.#connection, (oid) => {
      const key = `definition ${oid}`;
      if (!this.#host.locks.isFree(this, key, "exclusive")) return false;
      void this.lock(key, "exclusive");
      return true;
    });
    const { changes } = this.#catalog;
    const { engineName } = this.database;
    const rows = new Map([...this.#rowChanges].filter(([oid]) => this.#catalog.permanent.relationByOid(oid)));
    if (rows.size > 0) await appendChanges(this.#connection, engineName, rows);
    if (changes.size > 0) await writeRecords(this.#connection, engineName, changes);
    const commit = async (): Promise<void> => {
      this.#checkHistory();
      await this.#commitInEngine();
      this.#engine = "none";
      this.database.merge(changes, rows);
    };
    // Changes of rows alone are no business of transactions that begin meanwhile.
    await (changes.size > 0 || this.#serializable ? this.database.gate.run(commit) : commit());
  }

  /**
   * A commit may be durable though the checkpoint that it set off failed: it is one, and the engine is opened anew.
   * So it is when a commit fails for want of memory: the engine may have put its rows into some columns of a
   * table and not into others, and whatever is written to the table next would stand beside the wrong values.
   */
  async #commitInEngine(): Promise<void> {
    if (this.database.isDamaged) throw new SqlError("57P01", "the database is being opened anew");
    try {
      await this.#connection.run("COMMIT");
    } catch (error) {
      const isDurable = String(error).includes("COMMIT succeeded and is durable");
      if (isDurable || isHalfCommit(error)) {
        this.database.isDamaged ||= !isDurable;
        this.#host.engineFailed(error);
      }
      if (!isDurable) throw error;
    }
  }

  async #rollbackEngine(): Promise<void> {
    if (this.#engine !== "open") return;
    this.#engine = "none";
    await this.#connection.run("ROLLBACK").catch((error: unknown) => {
      // A COMMIT that failed has rolled back already.
      if (!String(error).includes("no transaction is active")) throw error;
    });
  }

  #end(): void {
    this.#engine = "none";
    this.#host.history.end(this);
    this.#host.locks.releaseAll(this);
  }
}

/**
 * It was while rows moved into the table, for want of memory or of room for what memory spills. A log that does not
 * fit on the disk comes behind that, and is taken back as a whole.
 */
function isHalfCommit(error: unknown): boolean {
  return /Failed to commit: .*(?:allocate|pin block|memory|offload|duckdb_temp|temp_directory)/is.test(
    String(error),
  );
}

/** @throws SqlError 25006 in a transaction that only reads */
export function checkWritable(transaction: Transaction): void {
  if (transaction.readOnly) throw new SqlError("25006", "transaction is read-only");
}
