import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Timer } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { Store } from "../../../core/store.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Authorizer } from "../authorizer-port.ts";
import type { LoginSecret, SessionRequest, SqlCluster } from "../cluster-port.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import { LockTable } from "../locks/lock-table.ts";
import { AutoRefresh } from "../maintenance/auto-refresh.ts";
import type { WarehouseObjects } from "../objects-port.ts";
import { QueryLog } from "../query-log.ts";
import type { Session } from "../session/session.ts";
import type { SessionControl, SessionHost } from "../session/session-host.ts";
import { slicesOf } from "../slices/node-types.ts";
import { CatalogFacts } from "../spectrum/catalog-facts.ts";
import type { DataCatalog } from "../spectrum/data-catalog-port.ts";
import type { ParsedStatement, SqlSession } from "../sql-session.ts";
import { EventLogs } from "../system/event-logs.ts";
import { SystemTables } from "../system/system-tables.ts";
import type { BuiltInFunction, ExternalCatalog } from "../system/system-view.ts";
import { TransactionHistory } from "../transaction/transaction-history.ts";
import type { ClusterSettings, ClusterState, ClusterStatus, TemporaryLogin } from "../warehouse-port.ts";
import { admits } from "./admission.ts";
import type { ClusterDocument } from "./cluster-documents.ts";
import { ClusterEngine } from "./cluster-engine.ts";
import { ClusterFacts, directoryBytes } from "./cluster-facts.ts";
import type { Database } from "./database.ts";
import { Leader } from "./leader.ts";
import { Logins } from "./logins.ts";
import { openSession } from "./open-session.ts";
import { ParseCache } from "./parse-cache.ts";
import { prepareEngine } from "./prepare-engine.ts";
import { ProcessIds } from "./process-ids.ts";

export interface ClusterOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly directory: string;
  readonly temporaryDirectory: string;
  readonly readableDirectories: readonly string[];
  readonly threads: number | undefined;
  readonly memoryLimitBytes: number | undefined;
  readonly authorizer: Authorizer;
  readonly dataCatalog: DataCatalog | undefined;
  readonly objects: WarehouseObjects | undefined;
}

/** AWS's figure for most node types. */
const maxConnections = 500;
/** Without sessions for so long, the engine is closed. The next connection opens it again. */
const idleMs = 60_000;

/** One cluster: its users and databases, its engine, and the sessions on it. */
export class Cluster implements SqlCluster, SessionHost {
  readonly clock: Clock;
  readonly log: Logger;
  readonly authorizer: Authorizer;
  readonly external: ExternalCatalog;
  readonly dataCatalog: DataCatalog | undefined;
  readonly objects: WarehouseObjects | undefined;
  readonly temporaryDirectory: string;
  readonly leader: Leader;
  readonly logins: Logins;
  readonly facts: ClusterFacts;
  readonly locks: LockTable = new LockTable();
  readonly queryLog: QueryLog = new QueryLog();
  readonly events: EventLogs = new EventLogs();
  readonly history: TransactionHistory = new TransactionHistory();
  readonly systemTables: SystemTables = new SystemTables();
  readonly builtInFunctions: readonly BuiltInFunction[] = [];
  readonly #directory: string;
  readonly #engine: ClusterEngine;
  readonly #texts = new ParseCache();
  readonly #numbers = new ProcessIds();
  readonly #sessions = new Map<number, { readonly session: Session; readonly slot: number }>();
  #opening = 0;
  readonly #refresh: AutoRefresh;
  #idleTimer: Timer | undefined;
  #document: ClusterDocument;
  /** Why no sessions are let in, beside a pause. */
  #busy: Exclude<ClusterStatus, "available" | "paused"> | undefined;

  constructor(document: ClusterDocument, options: ClusterOptions) {
    this.#document = document;
    this.clock = options.clock;
    this.log = options.log;
    this.authorizer = options.authorizer;
    this.dataCatalog = options.dataCatalog;
    this.external = new CatalogFacts(this);
    this.objects = options.objects;
    this.temporaryDirectory = options.temporaryDirectory;
    this.#directory = options.directory;
    this.leader = new Leader(options.store, document.id);
    this.logins = new Logins(options.store, document.id, options.clock, this.leader);
    this.facts = new ClusterFacts(() => this.#document, options.directory, options.clock.now());
    this.#refresh = this.#autoRefresh();
    this.#engine = new ClusterEngine({
      ...options,
      knownDatabases: () => new Set(this.leader.snapshot.databases.keys()),
      prepare: (engine) => prepareEngine(engine, (processId) => this.session(processId)),
    });
  }

  get document(): ClusterDocument {
    return this.#document;
  }

  get identifier(): string {
    return this.#document.key.identifier;
  }

  state(): ClusterState {
    const { key, shape, database, masterUser, settings, createdAtMs, paused } = this.#document;
    return {
      key,
      shape,
      slices: slicesOf(shape),
      database,
      masterUser,
      status: this.#busy ?? (paused ? "paused" : "available"),
      settings,
      createdAtMs,
      usedBytes: directoryBytes(this.#directory),
    };
  }

  clusterSettings(): ClusterSettings {
    return this.#document.settings;
  }

  /** It is durable already. */
  replaceDocument(document: ClusterDocument): void {
    this.#document = document;
  }

  refusal(): string | undefined {
    if (this.#busy !== undefined) return `The cluster is ${this.#busy}.`;
    return this.#document.paused ? "The cluster is paused." : undefined;
  }

  admits(address: string): boolean {
    return admits(this.#document.settings.admittedRanges, address);
  }

  async loginSecret(user: string): Promise<LoginSecret | undefined> {
    const { trusting, masterUser } = this.#document;
    return this.logins.secret(user, (name) => trusting && name === masterUser);
  }

  noteLogin(event: Parameters<SqlCluster["noteLogin"]>[0]): void {
    this.events.connections.add({
      atMs: this.clock.now(),
      event: event.succeeded ? "authenticated" : "authentication failure",
      client: event.client,
      processId: 0,
      database: event.database,
      userName: event.user,
      authMethod: "password",
      durationMs: undefined,
      tls: false,
      applicationName: "",
      driverVersion: undefined,
    });
  }

  async openSession(request: SessionRequest): Promise<SqlSession> {
    this.#checkOpen();
    this.#checkTls(request);
    this.#opening++;
    const slot = this.#numbers.takeSlot();
    let connection: EngineConnection | undefined;
    try {
      const user = await this.logins.user(request.user);
      if (user === undefined) throw new SqlError("28000", `user "${request.user}" does not exist`);
      const record = this.#databaseFor(request);
      this.#checkLimits(user, record);
      const database = await this.database(record);
      connection = await this.connect();
      this.#checkOpen();
      const processId = this.#numbers.next((id) => this.#sessions.has(id));
      const extraGroupIds = (this.logins.temporary(request.user)?.groups ?? []).flatMap((name) => {
        const group = this.leader.snapshot.group(name);
        return group === undefined ? [] : [group.id];
      });
      const opening = { host: this, processId, slot, request, user, extraGroupIds, database, connection };
      const session = await openSession({ ...opening, databaseRecord: record });
      this.#sessions.set(processId, { session, slot });
      this.#refresh.wake();
      return session;
    } catch (error) {
      this.#numbers.giveSlot(slot);
      connection?.close();
      throw error;
    } finally {
      this.#opening--;
    }
  }

  cancel(processId: number, secretKey: number): void {
    const session = this.#sessions.get(processId)?.session;
    if (session?.secretKey === secretKey) session.cancel();
  }

  nextTransactionId(): number {
    return this.#numbers.nextTransaction();
  }

  connect(): Promise<EngineConnection> {
    return this.#engine.connect();
  }

  database(record: DatabaseRecord): Promise<Database> {
    return this.#engine.database(record, () => this.leader.allocateOid());
  }

  openDatabase(oid: number): Database | undefined {
    return this.#engine.openDatabase(oid);
  }

  async createDatabase(record: DatabaseRecord): Promise<void> {
    await this.database(record);
  }

  async dropDatabase(record: DatabaseRecord, remove: () => Promise<void>): Promise<void> {
    for (const { session } of this.#sessions.values())
      if (session.databaseOid === record.oid)
        throw new SqlError("55006", `database "${record.name}" is being accessed by other users`);
    await remove();
    await this.#engine.dropDatabase(record.oid);
  }

  parse(script: string, caseSensitiveIdentifiers: boolean): readonly ParsedStatement[] {
    return this.#texts.parse(script, caseSensitiveIdentifiers);
  }

  session(processId: number): SessionControl | undefined {
    return this.#sessions.get(processId)?.session;
  }

  *sessions(): Iterable<SessionControl> {
    for (const { session } of this.#sessions.values()) yield session;
  }

  forget(processId: number): void {
    const entry = this.#sessions.get(processId);
    if (entry === undefined) return;
    this.#sessions.delete(processId);
    this.events.automaticSessions.delete(processId);
    this.#numbers.giveSlot(entry.slot);
    this.#idleTimer?.cancel();
    if (this.#sessions.size === 0) this.#idleTimer = this.clock.after(idleMs, () => this.#closeWhenIdle());
  }

  addTemporaryLogin(login: TemporaryLogin): Promise<void> {
    return this.logins.add(login);
  }

  /** Ends all sessions, closes the databases, does what is to be done, and lets sessions in again. */
  async closedFor(
    busy: Exclude<ClusterStatus, "available" | "paused">,
    act: () => Promise<void>,
  ): Promise<void> {
    this.#busy = busy;
    try {
      await this.close();
      await act();
    } finally {
      this.#busy = undefined;
    }
  }

  engineFailed(error: unknown): void {
    if (this.#busy !== undefined) return;
    this.log.error(
      { err: error, cluster: this.identifier },
      "the engine failed; its databases are opened anew",
    );
    // The session that met the failure answers first, and is then ended with the others.
    void this.closedFor("rebooting", () => Promise.resolve()).catch((failure: unknown) =>
      this.log.error({ err: failure, cluster: this.identifier }, "the engine could not be closed"),
    );
  }

  async close(): Promise<void> {
    this.#refresh.stop();
    const message = "terminating connection due to administrator command";
    const ended = [...this.#sessions.values()].map(({ session }) => {
      session.terminate("57P01", message);
      return session.closed;
    });
    await Promise.allSettled(ended);
    this.#idleTimer?.cancel();
    await this.#engine.close();
  }

  /** With everything in it; its documents are gone already. */
  async removeFiles(): Promise<void> {
    // A connection that came in between may have opened them again.
    await this.#engine.close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  #autoRefresh(): AutoRefresh {
    const { clock, log, leader } = this;
    return new AutoRefresh({
      ...{ clock, log, hasSessions: () => this.#sessions.size > 0 },
      userName: (id) => leader.snapshot.users.get(id)?.name,
      databases: () =>
        [...leader.snapshot.databases.values()].flatMap(({ oid, name }) => {
          const database = this.openDatabase(oid);
          if (database === undefined) return [];
          return [
            { name, catalog: database.catalog, rowChanges: (table: number) => database.rowChanges(table) },
          ];
        }),
      connect: async (user, database) => {
        const session = await this.openSession({
          ...{ user, database, client: "127.0.0.1:0", applicationName: "auto refresh", tls: true },
          settings: new Map(),
          events: { notice: () => undefined, parameter: () => undefined, terminated: () => undefined },
        });
        this.events.automaticSessions.add(session.processId);
        return session;
      },
    });
  }

  #checkTls({ tls, client, user, database }: SessionRequest): void {
    if (tls || !this.#document.settings.requireTls) return;
    const address = client.replace(/:\d+$/, "");
    throw new SqlError(
      "28000",
      `no pg_hba.conf entry for host "${address}", user "${user}", database "${database}", SSL off`,
    );
  }

  /** Gives memory back, and leaves nothing in the databases' logs. */
  #closeWhenIdle(): void {
    if (this.#sessions.size > 0 || this.#opening > 0 || this.#busy !== undefined) return;
    void this.#engine
      .close()
      .catch((error: unknown) =>
        this.log.error({ err: error, cluster: this.identifier }, "the idle engine could not be closed"),
      );
  }

  #checkOpen(): void {
    const refusal = this.refusal();
    if (refusal !== undefined) throw new SqlError("57P03", refusal);
  }

  #databaseFor(request: SessionRequest): DatabaseRecord {
    const only = this.logins.temporary(request.user)?.database;
    const record = this.leader.snapshot.database(request.database);
    if (record === undefined) throw new SqlError("3D000", `database "${request.database}" does not exist`);
    if (only !== undefined && only !== record.name)
      throw new SqlError("42501", `permission denied for database "${record.name}"`);
    return record;
  }

  /** Superusers are always let in, but for the cluster's own limit. */
  #checkLimits({ id, superuser, connectionLimit }: UserRecord, record: DatabaseRecord): void {
    if (this.#sessions.size + this.#opening > maxConnections)
      throw new SqlError("53300", "too many connections for cluster");
    const sessions = [...this.sessions()];
    if (superuser) return;
    if (connectionLimit >= 0 && sessions.filter(({ user }) => user.id === id).length >= connectionLimit)
      throw new SqlError("53300", "too many connections for user");
    const limit = record.connectionLimit;
    if (limit >= 0 && sessions.filter(({ databaseOid }) => databaseOid === record.oid).length >= limit)
      throw new SqlError("53300", `too many connections for database "${record.name}"`);
  }
}

/** Where a cluster's files lie below the folder of the warehouse. */
export function clusterDirectory(directory: string, { key, id }: ClusterDocument): string {
  return join(directory, key.account, key.region, id);
}
