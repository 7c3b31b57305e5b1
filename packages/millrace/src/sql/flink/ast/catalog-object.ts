import type { Span } from "../../position.ts";
import type { Identifier, Option, QualifiedName } from "./name.ts";
import type { TableSchema } from "./table.ts";
import type { Query } from "./tree.ts";

export interface CreateView {
  readonly kind: "create-view";
  readonly span: Span;
  readonly temporary: boolean;
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly columns: readonly { readonly name: Identifier; readonly comment: string | undefined }[];
  readonly comment: string | undefined;
  readonly query: Query;
  /** The query as it was written. */
  readonly text: string;
}

export interface AlterView {
  readonly kind: "alter-view";
  readonly span: Span;
  readonly name: QualifiedName;
  readonly action:
    | { readonly kind: "rename"; readonly newName: QualifiedName }
    | { readonly kind: "as"; readonly query: Query; readonly text: string };
}

export interface CreateCatalog {
  readonly kind: "create-catalog";
  readonly span: Span;
  readonly ifNotExists: boolean;
  readonly name: Identifier;
  readonly comment: string | undefined;
  readonly options: readonly Option[];
}

export interface CreateDatabase {
  readonly kind: "create-database";
  readonly span: Span;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly comment: string | undefined;
  readonly options: readonly Option[];
}

/** ALTER CATALOG, DATABASE, MODEL and CONNECTION. */
export interface AlterObject {
  readonly kind: "alter-object";
  readonly span: Span;
  readonly object: "catalog" | "database" | "model" | "connection";
  readonly ifExists: boolean;
  readonly name: QualifiedName;
  readonly action:
    | { readonly kind: "set"; readonly options: readonly Option[] }
    | { readonly kind: "reset"; readonly keys: readonly string[] }
    | { readonly kind: "comment"; readonly comment: string }
    | { readonly kind: "rename"; readonly newName: QualifiedName };
}

export type FunctionLanguage = "java" | "scala" | "python" | "sql" | "javascript";

/** CREATE [TEMPORARY [SYSTEM]] FUNCTION and ALTER of one. */
export interface CreateFunction {
  readonly kind: "create-function" | "alter-function";
  readonly span: Span;
  readonly temporary: boolean;
  readonly system: boolean;
  /** Of ALTER: IF EXISTS. */
  readonly ifExists: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  /** A class; with LANGUAGE JAVASCRIPT the function itself. */
  readonly as: string;
  /** Where the text behind AS stands. */
  readonly asSpan: Span;
  readonly language: FunctionLanguage | undefined;
  /** USING JAR '...', USING FILE '...' */
  readonly resources: readonly { readonly type: string; readonly path: string }[];
  readonly options: readonly Option[];
}

export interface CreateModel {
  readonly kind: "create-model";
  readonly span: Span;
  readonly temporary: boolean;
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly input: TableSchema;
  readonly output: TableSchema;
  readonly comment: string | undefined;
  readonly options: readonly Option[];
  readonly as: Query | undefined;
}

/** CREATE [TEMPORARY [SYSTEM]] CONNECTION */
export interface CreateConnection {
  readonly kind: "create-connection";
  readonly span: Span;
  readonly temporary: boolean;
  readonly system: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly comment: string | undefined;
  readonly options: readonly Option[];
}

export type DropTarget =
  | "catalog"
  | "database"
  | "table"
  | "view"
  | "function"
  | "model"
  | "connection"
  | "materialized table";

export interface Drop {
  readonly kind: "drop";
  readonly span: Span;
  readonly target: DropTarget;
  readonly temporary: boolean;
  readonly system: boolean;
  readonly ifExists: boolean;
  readonly name: QualifiedName;
  /** Of databases; RESTRICT is what is done without a word. */
  readonly cascade: boolean;
}
