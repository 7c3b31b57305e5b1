import type { Span } from "../../position.ts";
import type * as catalog from "./catalog-object.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type * as session from "./session.ts";
import type { AlterTable, CreateMaterializedTable, CreateTable, PartitionSpec } from "./table.ts";
import type { Expression, Hint, Query } from "./tree.ts";

/** Every statement that the parser makes, told apart by `kind`. */
export type Statement = Query | DataStatement | DefinitionStatement | SessionStatement;

export type DefinitionStatement =
  | CreateTable
  | AlterTable
  | CreateMaterializedTable
  | catalog.CreateView
  | catalog.AlterView
  | catalog.CreateCatalog
  | catalog.CreateDatabase
  | catalog.AlterObject
  | catalog.CreateFunction
  | catalog.CreateModel
  | catalog.CreateConnection
  | catalog.Drop;

export type DataStatement =
  | Insert
  | StatementSet
  | BeginStatementSet
  | EndStatementSet
  | Update
  | Delete
  | Truncate
  | Call
  | Explain
  | Execute
  | CompilePlan
  | ExecutePlan;

export type SessionStatement =
  | session.Use
  | session.SetOption
  | session.ResetOption
  | session.JarStatement
  | session.LoadModule
  | session.UnloadModule
  | session.Describe
  | session.Show
  | session.StopJob
  | session.AnalyzeTable;

/** INSERT INTO, INSERT OVERWRITE */
export interface Insert {
  readonly kind: "insert";
  readonly span: Span;
  readonly overwrite: boolean;
  readonly table: QualifiedName;
  readonly hints: readonly Hint[];
  readonly partition: PartitionSpec;
  /** Empty: all columns. Several parts are a field of a row. */
  readonly columns: readonly QualifiedName[];
  readonly query: Query;
  /** `ON CONFLICT DO ...` */
  readonly onConflict: "error" | "nothing" | "deduplicate" | undefined;
}

/** `STATEMENT SET BEGIN insert; insert; END`; EXECUTE before it leaves no trace. */
export interface StatementSet {
  readonly kind: "statement-set";
  readonly span: Span;
  readonly inserts: readonly Insert[];
}

/** `BEGIN STATEMENT SET`: the inserts up to END are statements of their own. */
export interface BeginStatementSet {
  readonly kind: "begin-statement-set";
  readonly span: Span;
}

export interface EndStatementSet {
  readonly kind: "end-statement-set";
  readonly span: Span;
}

export interface Update {
  readonly kind: "update";
  readonly span: Span;
  readonly table: QualifiedName;
  readonly alias: Identifier | undefined;
  readonly assignments: readonly { readonly column: QualifiedName; readonly value: Expression }[];
  readonly where: Expression | undefined;
}

export interface Delete {
  readonly kind: "delete";
  readonly span: Span;
  readonly table: QualifiedName;
  readonly alias: Identifier | undefined;
  readonly where: Expression | undefined;
}

export interface Truncate {
  readonly kind: "truncate";
  readonly span: Span;
  readonly table: QualifiedName;
}

/** CALL of a procedure; arguments may have names. */
export interface Call {
  readonly kind: "call-procedure";
  readonly span: Span;
  readonly name: QualifiedName;
  readonly arguments: readonly Expression[];
}

export type ExplainDetail = "estimated_cost" | "changelog_mode" | "json_execution_plan" | "plan_advice";

/** EXPLAIN [details | PLAN FOR] */
export interface Explain {
  readonly kind: "explain";
  readonly span: Span;
  readonly details: readonly ExplainDetail[];
  readonly statement: Query | Insert | StatementSet | CreateTable;
}

/** EXECUTE of a query or an INSERT, which is the same as without the word. */
export interface Execute {
  readonly kind: "execute";
  readonly span: Span;
  readonly statement: Query | Insert;
}

/** `COMPILE [AND EXECUTE] PLAN 'file' FOR ...` */
export interface CompilePlan {
  readonly kind: "compile-plan";
  readonly span: Span;
  readonly path: string;
  readonly ifNotExists: boolean;
  readonly execute: boolean;
  readonly statement: Insert | StatementSet;
}

/** `EXECUTE PLAN 'file'` */
export interface ExecutePlan {
  readonly kind: "execute-plan";
  readonly span: Span;
  readonly path: string;
}
