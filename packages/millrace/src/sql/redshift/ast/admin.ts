import type { Span } from "../../position.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { RoutineSignature } from "./routine.ts";
import type { Behavior } from "./table.ts";

export type DropObjectType =
  | ("table" | "view" | "materialized view" | "schema" | "database" | "function" | "procedure")
  | ("user" | "group" | "role");

export interface Drop {
  readonly kind: "drop";
  readonly objectType: DropObjectType;
  readonly ifExists: boolean;
  /** Of databases, schemas, users, groups and roles: one part each. */
  readonly names: readonly QualifiedName[];
  /** Of functions and procedures, as many as names; else none. */
  readonly signatures: readonly RoutineSignature[];
  /** CASCADE, RESTRICT; of a role FORCE. */
  readonly behavior: Behavior | "force";
  /** DROP SCHEMA ... DROP EXTERNAL DATABASE */
  readonly dropExternalDatabase: boolean;
  readonly span: Span;
}

export interface Truncate {
  readonly kind: "truncate";
  readonly table: QualifiedName;
  readonly span: Span;
}

export interface Comment {
  readonly kind: "comment";
  readonly objectType:
    | "table"
    | "view"
    | "column"
    | "constraint"
    | "database"
    | "schema"
    | "function"
    | "procedure";
  /** Of a column: its table. Of a constraint: its name, one part. */
  readonly name: QualifiedName;
  readonly column: Identifier | undefined;
  /** The table of a constraint. */
  readonly onTable: QualifiedName | undefined;
  readonly signature: RoutineSignature | undefined;
  /** Undefined for IS NULL, which takes the comment away. */
  readonly text: string | undefined;
  readonly span: Span;
}

export interface Vacuum {
  readonly kind: "vacuum";
  readonly mode: "full" | "sort only" | "delete only" | "reindex" | "recluster";
  /** Undefined: every table of the database. */
  readonly table: QualifiedName | undefined;
  /** TO n PERCENT */
  readonly percent: number | undefined;
  readonly boost: boolean;
  readonly span: Span;
}

export interface Analyze {
  readonly kind: "analyze";
  readonly verbose: boolean;
  readonly table: QualifiedName | undefined;
  readonly columns: readonly Identifier[];
  /** PREDICATE COLUMNS, ALL COLUMNS */
  readonly scope: "predicate columns" | "all columns" | undefined;
  readonly span: Span;
}

export interface AnalyzeCompression {
  readonly kind: "analyze-compression";
  readonly table: QualifiedName | undefined;
  readonly columns: readonly Identifier[];
  readonly compRows: number | undefined;
  readonly span: Span;
}

export interface Lock {
  readonly kind: "lock";
  readonly tables: readonly QualifiedName[];
  readonly span: Span;
}

export interface Cancel {
  readonly kind: "cancel";
  readonly processId: number;
  readonly message: string | undefined;
  readonly span: Span;
}

/**
 * A statement that AWS documents and Millrace does not have, or one of PostgreSQL that Redshift itself refuses:
 * whoever runs it throws 0A000 with the message.
 */
export interface Unsupported {
  readonly kind: "unsupported";
  /** `CREATE DATASHARE` */
  readonly feature: string;
  /** `CREATE DATASHARE is not supported`, or Redshift's own words. */
  readonly message: string;
  readonly span: Span;
}
