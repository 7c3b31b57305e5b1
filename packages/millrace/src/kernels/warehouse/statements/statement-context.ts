import type { Delete, Insert, Merge, Update } from "../../../sql/redshift/ast/dml.ts";
import type { Query } from "../../../sql/redshift/ast/query.ts";
import type { Statement } from "../../../sql/redshift/ast/statement.ts";
import type { BoundStatement, NameSpace, SessionValues } from "../../../sql/redshift/bind/name-space.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import type { Action } from "../authorizer-port.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { RelationRecord } from "../catalog/records.ts";
import type { LeaderSnapshot } from "../cluster/leader.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import type { RunningStatement } from "../query-log.ts";
import type { Cursors } from "../session/cursors.ts";
import type { LastNumbers } from "../session/last-numbers.ts";
import type { SessionHost } from "../session/session-host.ts";
import type { Settings } from "../session/settings.ts";
import type { SqlPrepared } from "../session/sql-prepared.ts";
import type { TransactionBlock } from "../session/transaction-block.ts";
import type {
  ExecuteOptions,
  ParsedStatement,
  ResultColumn,
  SqlNotice,
  StatementResult,
} from "../sql-session.ts";
import type { SystemView } from "../system/system-view.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** What a query or a change of data may be. */
export type DataStatement = Query | Insert | Update | Delete | Merge;

/** A session as one statement sees it. */
export interface StatementContext {
  readonly host: SessionHost;
  readonly processId: number;
  readonly statement: ParsedStatement;
  /** Its entry in the log, to be completed: label, rows, tables. */
  readonly logged: RunningStatement;
  /** Whose rights count: SET SESSION AUTHORIZATION changes it. */
  readonly user: UserRecord;
  /** Who has logged in. */
  readonly loginUser: UserRecord;
  readonly databaseRecord: DatabaseRecord;
  readonly block: TransactionBlock;
  /** The one that the statement runs in. */
  readonly transaction: Transaction;
  readonly catalog: CatalogView;
  readonly leader: LeaderSnapshot;
  /** Only for what stands in `transaction`: call `open` before. */
  readonly connection: EngineConnection;
  readonly settings: Settings;
  /** Schemas' names as SET search_path gave them, with `$user` resolved. */
  readonly searchPath: readonly string[];
  readonly cursors: Cursors;
  /** What pg_last_copy_id() and its relatives give. */
  readonly lastNumbers: LastNumbers;
  /** Aborted with its SqlError when the statement is cancelled: for what it waits for outside of the engine. */
  readonly signal: AbortSignal;
  /** Of SQL's PREPARE. */
  readonly preparedStatements: Map<string, SqlPrepared>;
  readonly nameSpace: NameSpace;
  readonly systemView: SystemView;
  /** current_user and the like. */
  readonly sessionValues: SessionValues;
  /** Begins the engine's transaction and refuses what only reads. */
  open(): Promise<void>;
  /** Binds a query or a change of data, and checks the user's rights. @param text where its spans are counted in */
  bind(ast: DataStatement, text: string): Promise<BoundStatement>;
  /** Binds the definition of a view, whose names are its maker's. */
  bindDefinition(query: Query, record: RelationRecord): Promise<BoundStatement>;
  /** How the definition of a view finds what its names mean. */
  viewNameSpace(record: RelationRecord): NameSpace;
  /** Binds, again where databases or external tables that it names have to be opened for it. */
  withDatabases<T>(bind: () => T): Promise<T>;
  /** Takes its locks. Names that changed meanwhile: 40001. */
  lock(bound: BoundStatement): Promise<void>;
  /** As the engine shall run it. */
  engineSql(bound: BoundStatement): Promise<string>;
  /** @throws SqlError 42501 */
  demand(action: Action): void;
  notice(severity: SqlNotice["severity"], message: string, sqlState?: string): void;
  /** Runs another statement in place of this one: EXECUTE. */
  run(
    statement: ParsedStatement,
    parameters: readonly (string | null)[],
    parameterTypes: readonly (SqlType | undefined)[],
  ): Promise<StatementResult>;
  /** Settings that change what the client is told, or what the engine does. */
  applySetting(name: string, value: string): Promise<void>;
  /** The same statement in the session's next transaction, once it has committed its own. */
  renewed(): StatementContext;
  switchUser(user: UserRecord): void;
  /** The reading of the statement's rows failed: the error as the client sees it. */
  failed(error: unknown): Promise<unknown>;
  /** The reading of the statement's rows has ended. */
  ended(rows: number): undefined;
  /** @throws SqlError 57014 when the statement was cancelled */
  checkCancelled(): void;
  readonly options: ExecuteOptions;
}

/** Where a statement may run: `alone` not in a block and as a transaction of its own; `anywhere` even in a failed block. */
export type StatementPlace = "transaction" | "alone" | "anywhere";

/** How one kind of statement is run. */
export interface StatementKind<S extends Statement> {
  place?(ast: S): StatementPlace;
  /** What SYS_QUERY_HISTORY calls it. */
  readonly category: "ddl" | "utility" | "dml" | "query";
  /** Of a kind that gives rows, before it runs. */
  columns?(ast: S, context: StatementContext): Promise<readonly ResultColumn[] | undefined>;
  /** How many parameters it takes, all of them texts; none where this is missing. */
  parameterCount?(ast: S): number;
  run(ast: S, context: StatementContext, parameters: readonly (string | null)[]): Promise<StatementResult>;
}
