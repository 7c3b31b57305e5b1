import type { SqlType } from "../../../sql/redshift/types.ts";

/**
 * What a database knows of itself: documents in `millrace.records` of its DuckDB file, written in the transaction
 * that they describe. All are immutable; a change makes a new one. Owners and grantees are ids of the leader's
 * users, groups and roles, so that renaming those touches nothing here.
 */
export type CatalogRecord =
  | SchemaRecord
  | RelationRecord
  | FunctionRecord
  | DefaultPrivilegeRecord
  | LanguageRecord;

export interface SchemaRecord {
  readonly kind: "schema";
  readonly oid: number;
  readonly name: string;
  readonly ownerId: number;
  readonly quotaMb: number | undefined;
  readonly comment: string | undefined;
  readonly grants: readonly Grant[];
  /** Undefined for a local schema. */
  readonly external: ExternalSchema | undefined;
}

/** CREATE EXTERNAL SCHEMA. */
export interface ExternalSchema {
  readonly source: "data catalog" | "redshift" | "kinesis" | "msk" | "postgres" | "mysql" | "hive metastore";
  readonly database: string;
  readonly remoteSchema: string | undefined;
  readonly roleArns: readonly string[];
  /** Of a chain all, with commas between them. */
  readonly catalogRoleArn: string | undefined;
  readonly region: string | undefined;
  /** The account whose data catalog it is; undefined for the cluster's own. */
  readonly catalogId?: string | undefined;
}

export interface Grant {
  readonly granteeKind: "user" | "group" | "role" | "public";
  /** 0 for public. */
  readonly granteeId: number;
  readonly grantorId: number;
  readonly privilege: Privilege;
  readonly withGrantOption: boolean;
  /** Of a column's privilege; undefined for the whole object. */
  readonly column?: string;
}

export type Privilege =
  | ("select" | "insert" | "update" | "delete" | "drop" | "references" | "truncate" | "alter" | "trigger")
  | ("rule" | "usage" | "create" | "temporary" | "execute");

export interface RelationRecord {
  readonly kind: "relation";
  readonly oid: number;
  readonly schemaOid: number;
  readonly name: string;
  readonly type: "table" | "view" | "late-binding view" | "materialized view";
  readonly ownerId: number;
  readonly columns: readonly ColumnRecord[];
  readonly constraints: readonly ConstraintRecord[];
  readonly distribution: Distribution;
  readonly sort: SortKey | undefined;
  readonly backup: boolean;
  /** Text of the query of a view; CREATE's whole text of what `SHOW VIEW` gives is made from it. */
  readonly definition: string | undefined;
  /** Where names in the definition were looked up when it was made. */
  readonly searchPath: readonly string[];
  /** What names in the definition of a view meant when it was made; absent for late-binding views. */
  readonly meant?: readonly MeantName[];
  /** OIDs of what it was made of, for CASCADE and RESTRICT; empty for late-binding views. */
  readonly dependsOn: readonly number[];
  readonly materialized: MaterializedState | undefined;
  readonly comment: string | undefined;
  readonly grants: readonly Grant[];
  readonly createdAtMs: number;
  /** What the table knows of its rows; kept with each change of data. */
  readonly statistics: TableStatistics;
}

/** A name in the text of a view. Redshift keeps the OIDs of what a view names, so that renaming does not change it. */
export interface MeantName {
  readonly kind: "relation" | "functions";
  /** As it is written. */
  readonly parts: readonly string[];
  /** One of a relation; of functions all that may be called so. */
  readonly oids: readonly number[];
  /** Names at that time, of columns too: those that the text uses. */
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly { readonly attributeNumber: number; readonly name: string }[];
}

export interface ColumnRecord {
  readonly attributeNumber: number;
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** Redshift SQL. */
  readonly defaultText: string | undefined;
  readonly identity:
    | { readonly seed: bigint; readonly step: bigint; readonly byDefault: boolean }
    | undefined;
  /** `az64`, `lzo`, `raw`, ... as declared or as Redshift would choose. */
  readonly encoding: string;
  readonly collation: "case_sensitive" | "case_insensitive" | undefined;
  readonly comment: string | undefined;
}

export interface ConstraintRecord {
  readonly name: string;
  readonly type: "primary key" | "unique" | "foreign key";
  readonly columns: readonly number[];
  readonly references: { readonly relationOid: number; readonly columns: readonly number[] } | undefined;
}

/** `auto` says that the table chose by itself and may change. Columns are attribute numbers. */
export interface Distribution {
  readonly style: "even" | "key" | "all";
  readonly auto: boolean;
  readonly column: number | undefined;
}

export interface SortKey {
  readonly style: "compound" | "interleaved";
  readonly auto: boolean;
  readonly columns: readonly number[];
}

export interface MaterializedState {
  readonly autoRefresh: boolean;
  readonly refreshedAtMs: number;
  /** Whether the rows are those of an older state of its tables is found by their change counters, by OID. */
  readonly changeCounters: Readonly<Record<string, number>>;
}

export interface TableStatistics {
  /** Grows with each transaction that changes the table's rows. */
  readonly changeCounter: number;
  /** At the last ANALYZE, for stats_off; undefined before the first. */
  readonly analyzedRows: number | undefined;
  readonly analyzedAtMs: number | undefined;
  /** The change counter at that time. */
  readonly analyzedChanges?: number;
  /** Rows that were added behind the sorted region. */
  readonly unsortedRows: number;
  readonly vacuumedAtMs: number | undefined;
}

/** A function in SQL. Procedures come later. */
export interface FunctionRecord {
  readonly kind: "function";
  readonly oid: number;
  readonly schemaOid: number;
  readonly name: string;
  readonly ownerId: number;
  readonly parameterNames: readonly (string | undefined)[];
  readonly parameterTypes: readonly SqlType[];
  readonly returnType: SqlType;
  readonly volatility: "volatile" | "stable" | "immutable";
  readonly body: string;
  readonly comment: string | undefined;
  readonly grants: readonly Grant[];
}

/** ALTER DEFAULT PRIVILEGES */
export interface DefaultPrivilegeRecord {
  readonly kind: "default-privilege";
  readonly oid: number;
  /** Whose new objects get it. */
  readonly ownerId: number;
  /** Undefined for all schemas. */
  readonly schemaOid: number | undefined;
  readonly objectType: "tables" | "functions" | "procedures";
  readonly grant: Grant;
  /** Takes away what everybody would have without it: PUBLIC's EXECUTE of functions. */
  readonly revoked?: true;
}

/** Who may make functions in a language; kept once it was granted or revoked. */
export interface LanguageRecord {
  readonly kind: "language";
  readonly oid: number;
  readonly name: string;
  readonly ownerId: number;
  readonly grants: readonly Grant[];
}
