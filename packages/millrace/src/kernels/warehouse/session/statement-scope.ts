import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import type { Query } from "../../../sql/redshift/ast/query.ts";
import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import type {
  BindSettings,
  BoundStatement,
  NameSpace,
  ScanRequest,
} from "../../../sql/redshift/bind/name-space.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Action } from "../authorizer-port.ts";
import { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import { CatalogView } from "../catalog/catalog-view.ts";
import type { RelationRecord } from "../catalog/records.ts";
import type { LeaderSnapshot } from "../cluster/leader.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import type { RunningStatement } from "../query-log.ts";
import { ExternalTableNeeded, ExternalTables } from "../spectrum/external-tables.ts";
import type { ExecuteOptions, ParsedStatement, SqlNotice, StatementResult } from "../sql-session.ts";
import type { DataStatement, StatementContext } from "../statements/statement-context.ts";
import type { StatementEvent } from "../system/event-logs.ts";
import { systemScanSql } from "../system/system-tables.ts";
import { checkWritable, type Transaction } from "../transaction/transaction.ts";
import type { Cursors } from "./cursors.ts";
import { parseDefinition } from "./definitions.ts";
import type { LastNumbers } from "./last-numbers.ts";
import { lockUses } from "./lock-uses.ts";
import { searchPathOf } from "./search-path.ts";
import type { SessionHost } from "./session-host.ts";
import { DatabaseNeeded, type OpenCatalog, SessionNameSpace } from "./session-name-space.ts";
import type { SessionParts } from "./session-parts.ts";
import { SessionRights } from "./session-rights.ts";
import { SessionSystemView } from "./session-system-view.ts";
import { EngineSessionValues } from "./session-values.ts";
import type { Settings } from "./settings.ts";
import type { SqlPrepared } from "./sql-prepared.ts";
import type { TransactionBlock } from "./transaction-block.ts";

/** Databases that one statement may name beside its own. */
const maxDatabasesOfStatement = 100;

export interface ScopeActions {
  run(
    statement: ParsedStatement,
    parameters: readonly (string | null)[],
    parameterTypes: readonly (SqlType | undefined)[],
  ): Promise<StatementResult>;
  applySetting(name: string, value: string): Promise<void>;
  failed(error: unknown): Promise<unknown>;
  ended(rows: number): void;
}

/** One statement's view of its session. */
export class StatementScope implements StatementContext {
  readonly statement: ParsedStatement;
  readonly logged: RunningStatement;
  readonly options: ExecuteOptions;
  readonly searchPath: readonly string[];
  readonly transaction: Transaction;
  readonly #parts: SessionParts;
  readonly #actions: ScopeActions;
  readonly #rights: SessionRights;
  readonly #external: ExternalTables;
  #nameSpace:
    | { readonly view: CatalogView; readonly permanent: CatalogSnapshot; readonly space: SessionNameSpace }
    | undefined;

  constructor(
    parts: SessionParts,
    statement: ParsedStatement,
    logged: RunningStatement,
    options: ExecuteOptions,
    actions: ScopeActions,
  ) {
    this.#parts = parts;
    this.statement = statement;
    this.logged = logged;
    this.options = options;
    this.#actions = actions;
    this.#external = new ExternalTables(parts.host, parts.users.database.name);
    this.transaction = parts.block.ensure();
    this.#rights = new SessionRights(parts.host, parts.users, this.transaction);
    this.searchPath = this.#rights.usableSchemas(searchPathOf(parts.settings, parts.users.current.name));
  }

  get host(): SessionHost {
    return this.#parts.host;
  }

  get processId(): number {
    return this.#parts.processId;
  }

  get user(): UserRecord {
    return this.#parts.users.current;
  }

  get loginUser(): UserRecord {
    return this.#parts.users.login;
  }

  get databaseRecord(): DatabaseRecord {
    return this.#parts.users.database;
  }

  get block(): TransactionBlock {
    return this.#parts.block;
  }

  get catalog(): CatalogView {
    return this.transaction.catalog;
  }

  get leader(): LeaderSnapshot {
    return this.transaction.leader;
  }

  /** Whose statement it is, for the cluster's logs. */
  get event(): StatementEvent {
    const { users, processId } = this.#parts;
    return {
      atMs: this.host.clock.now(),
      userId: users.current.id,
      queryId: this.logged.queryId,
      transactionId: this.transaction.id,
      processId,
      sessionDatabase: users.database.name,
    };
  }

  get connection(): EngineConnection {
    return this.#parts.connection;
  }

  get settings(): Settings {
    return this.#parts.settings;
  }

  get cursors(): Cursors {
    return this.#parts.cursors;
  }

  get lastNumbers(): LastNumbers {
    return this.#parts.lastNumbers;
  }

  get signal(): AbortSignal {
    return this.#parts.cancellation.signal;
  }

  get preparedStatements(): Map<string, SqlPrepared> {
    return this.#parts.preparedStatements;
  }

  get systemView(): SessionSystemView {
    return new SessionSystemView(this.#parts, this.catalog, this.searchPath, (view) =>
      this.#columnsNow(view),
    );
  }

  get sessionValues(): EngineSessionValues {
    return new EngineSessionValues(this.#parts, this.searchPath, this.systemView, this.logged.startedAtMs);
  }

  /** Made anew when the transaction's catalog has changed. */
  get nameSpace(): SessionNameSpace {
    const view = this.catalog;
    const known = this.#nameSpace;
    if (known !== undefined && known.view === view && known.permanent === view.permanent) return known.space;
    const space = new SessionNameSpace({
      catalog: { record: this.databaseRecord, engineName: this.#parts.database.engineName, view },
      user: this.user.name,
      searchPath: this.searchPath,
      settings: bindSettings(this.settings, this.databaseRecord),
      cache: this.#parts.relations,
      systemTables: this.host.systemTables,
      other: (name) => this.#other(name),
      external: (schema, table, name) => this.#external.relation(schema, table, this.#isTarget(name)),
      slices: this.host.facts.slices,
      userName: (id) => this.leader.users.get(id)?.name ?? "",
      useSchema: (schema, ownerId) => this.#rights.useSchema(schema, ownerId),
    });
    this.#nameSpace = { view, permanent: view.permanent, space };
    return space;
  }

  async open(): Promise<void> {
    checkWritable(this.transaction);
    await this.transaction.open();
  }

  async bind(ast: DataStatement, text: string): Promise<BoundStatement> {
    const bound = await this.withDatabases(() =>
      bindStatement(ast, this.nameSpace, {
        parameterTypes: [],
        session: this.sessionValues,
        text,
        wide: true,
      }),
    );
    this.checkRights(bound);
    return bound;
  }

  async bindDefinition(query: Query, record: RelationRecord): Promise<BoundStatement> {
    const bound = await this.withDatabases(() =>
      bindStatement(query, this.nameSpace.ofView(record), {
        parameterTypes: [],
        session: this.sessionValues,
        text: record.definition ?? "",
        wide: true,
      }),
    );
    this.#rights.checkAsOwner(bound, record);
    return bound;
  }

  viewNameSpace(record: RelationRecord): NameSpace {
    return this.nameSpace.ofView(record);
  }

  /** Databases that a statement names are opened when it is found that they are needed. */
  async withDatabases<T>(bind: () => T): Promise<T> {
    for (let opened = 0; opened < maxDatabasesOfStatement; opened++) {
      try {
        return bind();
      } catch (error) {
        if (error instanceof ExternalTableNeeded) await this.#external.load(error);
        else if (error instanceof DatabaseNeeded) await this.host.database(error.record);
        else throw error;
      }
    }
    throw new SqlError("54001", "statement names too many databases");
  }

  checkRights(bound: BoundStatement): void {
    this.#rights.check(bound);
    if (bound.target !== undefined && bound.target.database !== this.databaseRecord.name)
      throw new SqlError(
        "0A000",
        `cross-database reference to database "${bound.target.database}" is not supported`,
      );
    if (bound.kind !== "query" && bound.target?.kind !== "temporary table") checkWritable(this.transaction);
  }

  lock(bound: BoundStatement): Promise<void> {
    return lockUses(this.transaction, bound) ?? Promise.resolve();
  }

  async engineSql(bound: BoundStatement): Promise<string> {
    if (bound.scans.length === 0) return bound.sql(noScan);
    const texts = new Map<number, string>();
    const view = this.systemView;
    for (const scan of bound.scans) {
      const { relation } = scan;
      const table = this.host.systemTables.find(relation.schema, relation.name);
      if (relation.kind === "external table") texts.set(scan.id, await this.#externalSql(scan));
      else if (table !== undefined) texts.set(scan.id, await systemScanSql(table, scan.columns, view));
    }
    return bound.sql((scan) => texts.get(scan.id) ?? noScan(scan));
  }

  #externalSql(scan: ScanRequest): Promise<string> {
    const { connection, scans, cancellation } = this.#parts;
    return scans.sql(this.#external.table(scan.relation), scan, {
      event: this.event,
      engine: connection,
      signal: cancellation.signal,
    });
  }

  /** Whether it is the table that INSERT names, and not one that it reads. */
  #isTarget(name: QualifiedName): boolean {
    const { ast } = this.statement;
    return ast.kind === "insert" && ast.table === name;
  }

  demand(action: Action): void {
    this.#rights.demand(action);
  }

  notice(severity: SqlNotice["severity"], message: string, sqlState = "00000"): void {
    this.#parts.events.notice({ severity, sqlState, message });
  }

  run(
    statement: ParsedStatement,
    parameters: readonly (string | null)[],
    parameterTypes: readonly (SqlType | undefined)[],
  ): Promise<StatementResult> {
    return this.#actions.run(statement, parameters, parameterTypes);
  }

  applySetting(name: string, value: string): Promise<void> {
    return this.#actions.applySetting(name, value);
  }

  renewed(): StatementContext {
    return new StatementScope(this.#parts, this.statement, this.logged, this.options, this.#actions);
  }

  switchUser(user: UserRecord): void {
    this.#parts.users.switchTo(user);
  }

  failed(error: unknown): Promise<unknown> {
    return this.#actions.failed(error);
  }

  ended(rows: number): undefined {
    this.#actions.ended(rows);
    return undefined;
  }

  checkCancelled(): void {
    this.#parts.cancellation.check();
  }

  /** Of a late-binding view; undefined when what it names is not there. */
  #columnsNow(view: RelationRecord): BoundStatement["columns"] | undefined {
    try {
      const { definition = "" } = view;
      return bindStatement(parseDefinition(definition), this.viewNameSpace(view), {
        parameterTypes: [],
        session: { value: () => "NULL" },
        text: definition,
      }).columns;
    } catch (error) {
      const needed = error instanceof DatabaseNeeded || error instanceof ExternalTableNeeded;
      if (error instanceof SqlError || needed) return undefined;
      throw error;
    }
  }

  #other(name: string): OpenCatalog {
    const record = this.leader.database(name);
    if (record === undefined) throw new SqlError("3D000", `database "${name}" does not exist`);
    const database = this.host.openDatabase(record.oid);
    if (database === undefined) throw new DatabaseNeeded(record);
    const view = new CatalogView(database.catalog, CatalogSnapshot.empty, this.catalog.temporarySchema);
    return { record, engineName: database.engineName, view };
  }
}

function noScan(scan: ScanRequest): string {
  throw new SqlError("0A000", `"${scan.relation.name}" cannot be read here`);
}

function bindSettings(settings: Settings, database: DatabaseRecord): BindSettings {
  return {
    enableCaseSensitiveIdentifier: settings.isOn("enable_case_sensitive_identifier"),
    enableCaseSensitiveSuperAttribute: settings.isOn("enable_case_sensitive_super_attribute"),
    dateStyle: settings.get("datestyle") ?? "ISO, MDY",
    timeZone: settings.get("timezone") ?? "UTC",
    navigateSuperNullOnError: settings.isOn("navigate_super_null_on_error"),
    caseInsensitive: database.caseInsensitive,
  };
}
