import type { Span } from "../../position.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { Query } from "./query.ts";
import type { Behavior, TableAttributes } from "./table.ts";

export interface CreateView {
  readonly kind: "create-view";
  readonly orReplace: boolean;
  readonly name: QualifiedName;
  readonly columns: readonly Identifier[];
  readonly query: Query;
  /** The query as it was written. */
  readonly queryText: string;
  /** WITH NO SCHEMA BINDING */
  readonly lateBinding: boolean;
  readonly span: Span;
}

export interface CreateMaterializedView {
  readonly kind: "create-materialized-view";
  readonly name: QualifiedName;
  readonly attributes: TableAttributes;
  /** AUTO REFRESH YES; undefined where nothing was said, which means NO. */
  readonly autoRefresh: boolean | undefined;
  readonly query: Query;
  readonly queryText: string;
  readonly span: Span;
}

export interface RefreshMaterializedView {
  readonly kind: "refresh-materialized-view";
  readonly name: QualifiedName;
  readonly behavior: Behavior;
  readonly span: Span;
}

export interface AlterMaterializedView {
  readonly kind: "alter-materialized-view";
  readonly name: QualifiedName;
  readonly action:
    | { readonly kind: "auto-refresh"; readonly on: boolean }
    | {
        readonly kind: "distribution";
        readonly style: "auto" | "even" | "key" | "all";
        readonly column: Identifier | undefined;
      }
    | { readonly kind: "sort-key"; readonly columns: readonly Identifier[] | "auto" | "none" }
    | {
        readonly kind: "row-level-security";
        readonly on: boolean;
        readonly conjunction: "and" | "or" | undefined;
        readonly forDatashares: boolean;
      };
  readonly span: Span;
}
