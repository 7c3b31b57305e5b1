import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { Call, Expression, SortItem } from "./expression.ts";
import type { Identifier, QualifiedName } from "./name.ts";

/** A whole query: WITH, a body, and what orders and limits it. */
export interface Query {
  readonly kind: "query";
  readonly with: With | undefined;
  readonly body: QueryBody;
  readonly orderBy: readonly SortItem[];
  /** ORDER SIBLINGS BY */
  readonly siblings: boolean;
  /** LIMIT ALL is undefined. */
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
  /** FOR UPDATE is accepted by the grammar and refused by the binder. */
  readonly forUpdate: boolean;
  readonly span: Span;
}

export type QueryBody = Select | SetOperation | Values | NestedQuery;

export interface With {
  readonly recursive: boolean;
  readonly items: readonly CommonTable[];
}

export interface CommonTable {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

export interface Select {
  readonly kind: "select";
  readonly distinct: boolean;
  /** DISTINCT ON */
  readonly distinctOn: readonly Expression[];
  readonly top: Expression | undefined;
  readonly items: readonly SelectItem[];
  readonly into: { readonly name: QualifiedName; readonly temporary: boolean } | undefined;
  readonly from: readonly FromItem[];
  readonly where: Expression | undefined;
  readonly connectBy: ConnectBy | undefined;
  readonly groupBy: readonly GroupingItem[];
  /** GROUP BY ALL */
  readonly groupByAll: boolean;
  readonly having: Expression | undefined;
  readonly qualify: Expression | undefined;
  readonly span: Span;
}

export interface SelectItem {
  readonly expression: Expression;
  readonly alias: Identifier | undefined;
}

export interface ConnectBy {
  readonly startWith: Expression | undefined;
  readonly condition: Expression;
  readonly noCycle: boolean;
}

export type GroupingItem =
  | { readonly kind: "expression"; readonly expression: Expression }
  | {
      readonly kind: "rollup" | "cube";
      readonly sets: readonly (readonly Expression[])[];
      readonly span: Span;
    }
  | { readonly kind: "sets"; readonly items: readonly GroupingItem[]; readonly span: Span }
  /** `(a, b)` and `()` inside of GROUPING SETS. */
  | { readonly kind: "set"; readonly expressions: readonly Expression[] };

/** UNION, INTERSECT, EXCEPT (MINUS). */
export interface SetOperation {
  readonly kind: "set-operation";
  readonly operator: "union" | "intersect" | "except";
  readonly all: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
  readonly span: Span;
}

export interface Values {
  readonly kind: "values";
  readonly rows: readonly (readonly Expression[])[];
  readonly span: Span;
}

/** A query in brackets, with its own ORDER BY and LIMIT. */
export interface NestedQuery {
  readonly kind: "nested";
  readonly query: Query;
  readonly span: Span;
}

export type FromItem =
  | TableItem
  | PathItem
  | QueryItem
  | FunctionItem
  | Join
  | Pivot
  | Unpivot
  | ObjectUnpivot;

interface Aliased {
  readonly alias: Identifier | undefined;
  readonly columns: readonly Identifier[];
}

/** A table, or what only the binder can tell from one: an array of SUPER (`c.orders o at i`). */
export interface TableItem extends Aliased {
  readonly kind: "table";
  readonly name: QualifiedName;
  readonly at: Identifier | undefined;
  readonly span: Span;
}

/** An array that cannot be a table's name: `c.orders[0].items as i at n` */
export interface PathItem extends Aliased {
  readonly kind: "path";
  readonly expression: Expression;
  readonly at: Identifier | undefined;
  readonly span: Span;
}

export interface QueryItem extends Aliased {
  readonly kind: "subquery";
  readonly query: Query;
  readonly lateral: boolean;
  readonly span: Span;
}

/** `generate_series(1, 3) g`, `pg_get_cols(...) cols(a name, b varchar)` */
export interface FunctionItem extends Aliased {
  readonly kind: "function";
  readonly call: Call;
  /** Of a column definition list: as many as columns, or none. */
  readonly columnTypes: readonly SqlType[];
  readonly span: Span;
}

export interface Join {
  readonly kind: "join";
  readonly type: "inner" | "left" | "right" | "full" | "cross";
  readonly natural: boolean;
  readonly left: FromItem;
  readonly right: FromItem;
  readonly on: Expression | undefined;
  readonly using: readonly Identifier[];
  readonly span: Span;
}

/** `source PIVOT (sum(v) as s for q in (1 as one, 2))` */
export interface Pivot extends Aliased {
  readonly kind: "pivot";
  readonly source: FromItem;
  readonly aggregates: readonly { readonly call: Call; readonly alias: Identifier | undefined }[];
  readonly column: Identifier;
  readonly values: readonly { readonly value: Expression; readonly alias: Identifier | undefined }[];
  readonly span: Span;
}

/** `source UNPIVOT [INCLUDE NULLS] (v for q in (q1 as 'x', q2))` */
export interface Unpivot extends Aliased {
  readonly kind: "unpivot";
  readonly source: FromItem;
  readonly includeNulls: boolean;
  readonly value: Identifier;
  readonly name: Identifier;
  readonly inputs: readonly { readonly column: Identifier; readonly label: Expression | undefined }[];
  readonly span: Span;
}

/** `UNPIVOT e.s AS val AT attr` over an object of SUPER. */
export interface ObjectUnpivot {
  readonly kind: "object-unpivot";
  readonly expression: Expression;
  readonly value: Identifier;
  readonly attribute: Identifier | undefined;
  readonly span: Span;
}
