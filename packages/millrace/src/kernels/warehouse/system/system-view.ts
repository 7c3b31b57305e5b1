import type { SqlType } from "../../../sql/redshift/types.ts";
import type {
  DefaultPrivilegeRecord,
  FunctionRecord,
  LanguageRecord,
  RelationRecord,
  SchemaRecord,
} from "../catalog/records.ts";
import type { DatabaseRecord, GroupRecord, RoleRecord, UserRecord } from "../leader-records.ts";
import type { EventLogs } from "./event-logs.ts";
import type { SystemColumn } from "./system-column.ts";

/**
 * Everything that system tables are made of, as one session sees it at one moment: its transaction's catalog,
 * the leader's records, and what the cluster notes of sessions, statements and storage.
 */
export interface SystemView {
  readonly nowMs: number;
  readonly session: SystemSession;
  readonly cluster: SystemCluster;
  readonly leader: SystemLeader;
  /** Of the session's database, with the changes of its transaction. */
  readonly catalog: SystemCatalog;
  readonly settings: readonly SettingFact[];
  /** Of another database of the cluster, as it is committed. */
  catalogOf(database: DatabaseRecord): Promise<SystemCatalog>;
  /** Rows and blocks of tables of the session's database, as they are now. Only what is asked for is counted. */
  storage(relations: readonly RelationRecord[]): Promise<ReadonlyMap<number, StorageFact>>;
  /** Columns of a late-binding view as it would bind now; undefined when it does not. */
  lateBindingColumns(view: RelationRecord): Promise<readonly { name: string; type: SqlType }[] | undefined>;
  readonly external: ExternalCatalog;
  sessions(): Iterable<SessionFact>;
  /** Statements under way and, from the log, ended ones; oldest first. */
  statements(): Iterable<StatementFact>;
  transactions(): Iterable<TransactionFact>;
  readonly logs: EventLogs;
  readonly builtInFunctions: readonly BuiltInFunction[];
  readonly systemTables: Iterable<SystemTableFact>;
}

/** A system table, for the catalog that shows it too. */
export interface SystemTableFact {
  readonly oid: number;
  readonly schema: "pg_catalog" | "information_schema";
  readonly name: string;
  readonly kind: "r" | "v";
  readonly columns: readonly SystemColumn[];
}

export interface SystemSession {
  readonly processId: number;
  readonly user: UserRecord;
  readonly database: DatabaseRecord;
  /** Names of the existing schemas of the search path, in its order. */
  readonly searchPath: readonly string[];
  /** Its temporary schema: `pg_temp_<n>`; undefined before the first temporary table. */
  readonly temporarySchemaOid: number | undefined;
  readonly transactionId: number;
}

export interface SystemCluster {
  readonly identifier: string;
  readonly account: string;
  readonly region: string;
  readonly nodeType: string;
  readonly nodes: number;
  readonly slices: number;
  readonly startedAtMs: number;
  /** Bytes that the file system under the cluster has, and has left. */
  disk(): { readonly totalBytes: number; readonly freeBytes: number };
  /** Bytes of the databases' files. */
  usedBytes(): number;
}

export interface SystemLeader {
  readonly users: readonly UserRecord[];
  readonly groups: readonly GroupRecord[];
  readonly roles: readonly RoleRecord[];
  readonly databases: readonly DatabaseRecord[];
}

export interface SystemCatalog {
  readonly schemas: readonly SchemaRecord[];
  /** Temporary tables of other sessions are not among them. */
  readonly relations: readonly RelationRecord[];
  readonly functions: readonly FunctionRecord[];
  readonly defaultPrivileges: readonly DefaultPrivilegeRecord[];
  /** Those that functions can be written in, with who may use them. */
  readonly languages: readonly Pick<LanguageRecord, "name" | "ownerId" | "grants">[];
}

export interface SettingFact {
  readonly name: string;
  readonly value: string;
  readonly defaultValue: string;
  readonly description: string;
  readonly type: "bool" | "integer" | "real" | "string";
  readonly changeable: boolean;
}

export interface StorageFact {
  readonly relationOid: number;
  readonly rows: number;
  /** Rows on each slice, by the slice's number; of a table with DISTSTYLE ALL those of each node's first slice. */
  readonly rowsBySlice: readonly number[];
  readonly columns: readonly ColumnStorageFact[];
}

/** A run of rows of one column that the engine keeps in one place. */
export interface ColumnStorageFact {
  readonly attributeNumber: number;
  readonly compression: string;
  /** Rows, bytes, and the smallest and largest value as text where the engine keeps them. */
  readonly segments: readonly {
    readonly rows: number;
    readonly bytes: number;
    readonly slice: number;
    readonly minimum: string | undefined;
    readonly maximum: string | undefined;
  }[];
}

export interface SessionFact {
  readonly processId: number;
  readonly userId: number;
  readonly userName: string;
  readonly database: string;
  readonly client: string;
  readonly applicationName: string;
  readonly driverVersion: string | undefined;
  readonly tls: boolean;
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
  /** `idle`, `idle in transaction`, or the text that runs. */
  readonly state: string;
}

export type StatementCategory = "query" | "ddl" | "utility" | "dml";

export interface StatementFact {
  readonly queryId: number;
  readonly transactionId: number;
  readonly processId: number;
  readonly userId: number;
  readonly userName: string;
  readonly database: string;
  readonly text: string;
  readonly label: string;
  readonly category: StatementCategory;
  /** As SYS_QUERY_HISTORY says it: SELECT, INSERT, COPY, UNLOAD, DDL, UTILITY, ... */
  readonly queryType: string;
  readonly startedAtMs: number;
  /** Undefined while it runs. */
  readonly endedAtMs: number | undefined;
  readonly planningMs: number;
  readonly rows: number;
  readonly resultBytes: number;
  readonly error: { readonly sqlState: string; readonly message: string } | undefined;
  /** Cancelled, or ended by an error. */
  readonly aborted: boolean;
  /** Tables whose rows it read or changed, by OID. */
  readonly relationOids: readonly number[];
}

export interface TransactionFact {
  readonly transactionId: number;
  readonly processId: number;
  readonly userId: number;
  readonly userName: string;
  readonly databaseOid: number;
  readonly startedAtMs: number;
  readonly locks: readonly {
    readonly relationOid: number;
    readonly mode: string;
    readonly granted: boolean;
  }[];
}

/** A function that Redshift brings along. */
export interface BuiltInFunction {
  readonly name: string;
  readonly parameterTypes: readonly SqlType[];
  readonly returnType: SqlType;
  readonly kind: "scalar" | "aggregate" | "window" | "table";
  readonly volatility: "volatile" | "stable" | "immutable";
}

/** What stands behind external schemas. */
export interface ExternalCatalog {
  tables(schema: SchemaRecord): Promise<readonly ExternalTableFact[]>;
  partitions(schema: SchemaRecord, table: string): Promise<readonly ExternalPartitionFact[]>;
}

export interface ExternalTableFact {
  readonly name: string;
  readonly location: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serialization: string;
  readonly serdeParameters: Readonly<Record<string, string>>;
  readonly compressed: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tableType: string;
  readonly columns: readonly {
    readonly name: string;
    /** As the data catalog writes it: `string`, `decimal(10,2)`, `struct<a:int>`. */
    readonly externalType: string;
    /** As what it is read. */
    readonly type: SqlType;
    /** From 1; 0 for a column that is no part of the partition key. */
    readonly partitionKey: number;
  }[];
}

export interface ExternalPartitionFact {
  readonly values: readonly string[];
  readonly location: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serialization: string;
  readonly serdeParameters: Readonly<Record<string, string>>;
  readonly compressed: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}
