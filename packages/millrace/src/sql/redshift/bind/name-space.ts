import type { Expression } from "../ast/expression.ts";
import type { QualifiedName } from "../ast/name.ts";
import type { Query } from "../ast/query.ts";
import type { SqlType } from "../types.ts";

/** What the binder asks about names: one user in one database with one search path, at one moment. */
export interface NameSpace {
  readonly database: string;
  readonly user: string;
  /** The first existing schema of the search path. */
  readonly currentSchema: string | undefined;
  readonly settings: BindSettings;
  /**
   * By one, two or three parts: a table, view, external or system table, as the search path finds it
   * (temporary tables first, then pg_catalog). Undefined when there is none; the binder then says 42P01.
   * @throws SqlError for a database or schema that does not exist, or may not be used
   */
  relation(name: QualifiedName): Relation | undefined;
  /** Functions that users made, of this name. */
  functions(name: QualifiedName): readonly UserFunction[];
  /**
   * A function of the system in FROM, such as `pg_get_late_binding_view_cols()`: a scan. Arguments are the texts of
   * literals, undefined for what is no literal.
   */
  tableFunction?(name: string, argumentTexts: readonly (string | undefined)[]): Relation | undefined;
}

/** Settings that change what a statement means. */
export interface BindSettings {
  readonly enableCaseSensitiveIdentifier: boolean;
  readonly enableCaseSensitiveSuperAttribute: boolean;
  /** `ISO, MDY` */
  readonly dateStyle: string;
  readonly timeZone: string;
  readonly navigateSuperNullOnError: boolean;
  /** A database created with COLLATE CASE_INSENSITIVE. */
  readonly caseInsensitive: boolean;
}

export interface RelationColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** From 1, with gaps where columns were dropped. */
  readonly attributeNumber: number;
  readonly autoIncrement: boolean;
  /** How the engine calls it in the relation's source. */
  readonly engineName: string;
  /** What INSERT puts where it has no value; bound like any expression, without columns. */
  readonly default?: Expression | undefined;
  /** INSERT takes the next value by this engine SQL; `always` refuses other values (but for UPDATE's). */
  readonly identity?: { readonly nextSql: string; readonly always: boolean } | undefined;
  /** No value of it ends in a blank, so the engine may compare its values as they are. Says nothing when absent. */
  readonly blankFree?: boolean | undefined;
  /** What it is called now, where a view's text knows it by a former name. */
  readonly currentName?: string | undefined;
  /** It can be named, but `*` leaves it out: `oid` of the catalog's tables. */
  readonly hidden?: boolean | undefined;
}

export interface Relation {
  readonly oid: number;
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  readonly kind:
    | "table"
    | "temporary table"
    | "view"
    | "materialized view"
    | "external table"
    | "system table";
  /** Of a late-binding view: empty, they are found when it is bound. */
  readonly columns: readonly RelationColumn[];
  readonly source: RelationSource;
  /** Engine SQL of the number of the slice that a row lies on, for `slice_num()`. @param alias what the engine calls the row */
  readonly sliceSql?: ((alias: string) => string) | undefined;
}

export type RelationSource =
  /** A table of the engine: `"dev"."main"."t100123"`. */
  | { readonly kind: "physical"; readonly sql: string }
  /** Bound in place; names in it are looked up in `space`, which has the view owner's rights and path. */
  | { readonly kind: "view"; readonly query: Query; readonly space: NameSpace }
  /** What a provider of the kernel turns into SQL before printing: system and external tables. */
  | { readonly kind: "scan" };

/** CREATE FUNCTION ... LANGUAGE SQL: `$1`, `$2` stand for the arguments. */
export interface UserFunction {
  readonly schema: string;
  readonly name: string;
  readonly parameterTypes: readonly SqlType[];
  readonly returnType: SqlType;
  readonly volatility: "volatile" | "stable" | "immutable";
  readonly oid: number;
  /** One SELECT without FROM, as parsed. */
  readonly body: Query;
}

/** One place in a statement where a `scan` source stands. */
export interface ScanRequest {
  /** Unique in its statement. */
  readonly id: number;
  readonly relation: Relation;
  /** Names of the columns that the statement needs; a provider may leave out the others. */
  readonly columns: readonly string[];
  /**
   * Conditions on columns of this relation alone that every row it gives may be held to, as engine SQL in which
   * columns stand with their engine names. They are checked again by the statement itself.
   */
  readonly predicates: readonly { readonly sql: string; readonly columns: readonly string[] }[];
}

/** What a statement does with a relation, for privileges and locks. */
export interface RelationUse {
  readonly relation: Relation;
  readonly privilege: "select" | "insert" | "update" | "delete";
  /** Names; empty for the table as a whole (`count(*)`, DELETE). */
  readonly columns: readonly string[];
  /** The user whose rights count: of a view's inner relations its owner, else undefined for the session's. */
  readonly asUser: string | undefined;
}

export interface BoundColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly origin: { readonly relation: Relation; readonly column: RelationColumn } | undefined;
}

/** What binder and printer make of a query or a change of data. */
export interface BoundStatement {
  readonly kind: "query" | "insert" | "update" | "delete" | "merge";
  /** Of a query. Columns of a change of data: none. */
  readonly columns: readonly BoundColumn[];
  readonly parameterTypes: readonly SqlType[];
  readonly scans: readonly ScanRequest[];
  readonly uses: readonly RelationUse[];
  readonly userFunctions: readonly UserFunction[];
  /** Changed table of insert, update, delete, merge. */
  readonly target: Relation | undefined;
  /** False for what must be bound anew for each run: scans, functions of the session (current_user, getdate is not one). */
  readonly reusable: boolean;
  /** Decimals are computed in 64 bits where that may be too little: bound with `wide` it would be another text. */
  readonly narrowDecimals: boolean;
  /**
   * Engine SQL. `$1`... are bound as VARCHAR texts and cast inside.
   * @param scanSql what stands in FROM for a scan; it has the relation's engine names as columns
   */
  sql(scanSql: (scan: ScanRequest) => string): string;
}

/** Values of the session that a statement may ask for: current_user, pg_backend_pid(), ... as engine SQL literals. */
export interface SessionValues {
  value(functionName: string): string | undefined;
  /** Engine SQL of a function over the catalog (`pg_get_userbyid`, `has_table_privilege`) for printed arguments. */
  call?(functionName: string, argumentSqls: readonly string[]): string | undefined;
}
