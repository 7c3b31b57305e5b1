import type { Span } from "../../position.ts";
import type { Identifier, Option, QualifiedName } from "./name.ts";
import type { PartitionSpec } from "./table.ts";

/** `USE db`, `USE CATALOG c`, `USE MODULES a, b` */
export type Use =
  | { readonly kind: "use"; readonly what: "database"; readonly name: QualifiedName; readonly span: Span }
  | { readonly kind: "use"; readonly what: "catalog"; readonly name: Identifier; readonly span: Span }
  | {
      readonly kind: "use";
      readonly what: "modules";
      readonly names: readonly Identifier[];
      readonly span: Span;
    };

/** `SET 'key' = 'value'`, or `SET key = value` as the old clients have it; SET alone shows all. */
export interface SetOption {
  readonly kind: "set";
  readonly span: Span;
  readonly option: Option | undefined;
}

/** Without a key: all. */
export interface ResetOption {
  readonly kind: "reset";
  readonly span: Span;
  readonly key: string | undefined;
}

export interface JarStatement {
  readonly kind: "jar";
  readonly span: Span;
  readonly action: "add" | "remove";
  readonly path: string;
}

export interface LoadModule {
  readonly kind: "load-module";
  readonly span: Span;
  readonly name: Identifier;
  readonly options: readonly Option[];
}

export interface UnloadModule {
  readonly kind: "unload-module";
  readonly span: Span;
  readonly name: Identifier;
}

/** DESCRIBE, DESC */
export interface Describe {
  readonly kind: "describe";
  readonly span: Span;
  readonly what: "table" | "catalog" | "database" | "function" | "model" | "connection" | "job";
  readonly extended: boolean;
  /** A job's id is one part. */
  readonly name: QualifiedName;
}

export type ShowSubject =
  | "catalogs"
  | "current catalog"
  | "current database"
  | "databases"
  | "tables"
  | "views"
  | "materialized tables"
  | "columns"
  | "partitions"
  | "procedures"
  | "functions"
  | "user functions"
  | "modules"
  | "full modules"
  | "models"
  | "connections"
  | "jars"
  | "jobs"
  | "create table"
  | "create view"
  | "create materialized table"
  | "create catalog"
  | "create model"
  | "create connection";

export interface Show {
  readonly kind: "show";
  readonly span: Span;
  readonly subject: ShowSubject;
  /** Of SHOW CREATE and SHOW PARTITIONS, or behind FROM and IN. */
  readonly name: QualifiedName | undefined;
  /** `[NOT] LIKE 'pattern'` */
  readonly like:
    | { readonly pattern: string; readonly negated: boolean; readonly ignoreCase: boolean }
    | undefined;
  readonly partition: PartitionSpec | undefined;
}

/** `STOP JOB 'id' [WITH SAVEPOINT] [WITH DRAIN]` */
export interface StopJob {
  readonly kind: "stop-job";
  readonly span: Span;
  readonly id: string;
  readonly withSavepoint: boolean;
  readonly withDrain: boolean;
}

/** `ANALYZE TABLE t [PARTITION (...)] COMPUTE STATISTICS [FOR ALL COLUMNS | FOR COLUMNS a, b]` */
export interface AnalyzeTable {
  readonly kind: "analyze-table";
  readonly span: Span;
  readonly name: QualifiedName;
  readonly partition: PartitionSpec | undefined;
  readonly columns: "all" | readonly Identifier[];
}
