import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { Authorizer } from "../authorizer-port.ts";
import type { Database } from "../cluster/database.ts";
import type { Leader } from "../cluster/leader.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import type { LockOwner, LockTable } from "../locks/lock-table.ts";
import type { WarehouseObjects } from "../objects-port.ts";
import type { QueryLog } from "../query-log.ts";
import type { DataCatalog } from "../spectrum/data-catalog-port.ts";
import type { ParsedStatement } from "../sql-session.ts";
import type { EventLogs } from "../system/event-logs.ts";
import type { SystemTables } from "../system/system-tables.ts";
import type { BuiltInFunction, ExternalCatalog, SystemCluster } from "../system/system-view.ts";
import type { TransactionHistory } from "../transaction/transaction-history.ts";
import type { ClusterSettings } from "../warehouse-port.ts";

/** What a session needs of its cluster. */
export interface SessionHost {
  readonly clock: Clock;
  readonly log: Logger;
  readonly leader: Leader;
  readonly locks: LockTable;
  readonly queryLog: QueryLog;
  readonly events: EventLogs;
  readonly systemTables: SystemTables;
  readonly authorizer: Authorizer;
  readonly history: TransactionHistory;
  readonly facts: SystemCluster;
  readonly external: ExternalCatalog;
  /** What external schemas show; undefined where there is none. */
  readonly dataCatalog: DataCatalog | undefined;
  /** S3 for COPY and UNLOAD; undefined where there is none. */
  readonly objects: WarehouseObjects | undefined;
  readonly builtInFunctions: readonly BuiltInFunction[];
  /** Of the cluster's engine, which may read what lies there; it goes when the cluster closes. */
  readonly temporaryDirectory: string;
  clusterSettings(): ClusterSettings;
  /** Numbers of transactions, growing. */
  nextTransactionId(): number;
  connect(): Promise<EngineConnection>;
  /** The database of a record, opened if nobody has done so. */
  database(record: DatabaseRecord): Promise<Database>;
  /** Undefined when it is not open. */
  openDatabase(oid: number): Database | undefined;
  /** Makes a database's file. The record is written by the caller. */
  createDatabase(record: DatabaseRecord): Promise<void>;
  /** @throws SqlError 55006 while somebody is connected */
  dropDatabase(record: DatabaseRecord, remove: () => Promise<void>): Promise<void>;
  parse(script: string, caseSensitiveIdentifiers: boolean): readonly ParsedStatement[];
  /** Of another session, or the own one; undefined when there is none. */
  session(processId: number): SessionControl | undefined;
  sessions(): Iterable<SessionControl>;
  /** The engine needs to be opened anew: all sessions are ended. */
  engineFailed(error: unknown): void;
  /** The session has ended. */
  forget(processId: number): void;
}

/** What other sessions and the cluster may do with a session. */
export interface SessionControl {
  readonly processId: number;
  readonly user: UserRecord;
  readonly databaseOid: number;
  /** The one that is open. */
  readonly openTransaction: (LockOwner & { readonly id: number; readonly startedAtMs: number }) | undefined;
  cancel(): void;
  /** Ends it: rolls back, and tells the client why. */
  terminate(sqlState: string, message: string): void;
  /** set_config() in the midst of a statement. @throws SqlError */
  setConfig(name: string, value: string, local: boolean): string;
}
