import type { Span } from "../../position.ts";
import type { Expression } from "./expression.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { FromItem, Query, With } from "./query.ts";

export interface Insert {
  readonly kind: "insert";
  readonly with: With | undefined;
  readonly table: QualifiedName;
  readonly columns: readonly Identifier[];
  /** Undefined for DEFAULT VALUES. VALUES lists (with DEFAULT in them) come as a query with a Values body. */
  readonly source: Query | undefined;
  readonly span: Span;
}

export interface Assignment {
  readonly column: Identifier;
  /** May be DEFAULT. */
  readonly value: Expression;
}

export interface Update {
  readonly kind: "update";
  readonly with: With | undefined;
  readonly table: QualifiedName;
  readonly alias: Identifier | undefined;
  readonly assignments: readonly Assignment[];
  readonly from: readonly FromItem[];
  readonly where: Expression | undefined;
  readonly span: Span;
}

export interface Delete {
  readonly kind: "delete";
  readonly with: With | undefined;
  readonly table: QualifiedName;
  readonly alias: Identifier | undefined;
  readonly using: readonly FromItem[];
  readonly where: Expression | undefined;
  readonly span: Span;
}

export interface Merge {
  readonly kind: "merge";
  readonly target: QualifiedName;
  readonly alias: Identifier | undefined;
  readonly source: FromItem;
  readonly on: Expression;
  /** MERGE ... REMOVE DUPLICATES; the clauses below are then undefined. */
  readonly removeDuplicates: boolean;
  readonly matched:
    | { readonly action: "update"; readonly assignments: readonly Assignment[] }
    | { readonly action: "delete" }
    | undefined;
  readonly notMatched:
    | { readonly columns: readonly Identifier[]; readonly values: readonly Expression[] }
    | undefined;
  readonly span: Span;
}
