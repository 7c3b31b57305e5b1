import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { Leaf, Reference } from "./leaf.ts";
import type { Identifier, QualifiedName } from "./name.ts";

interface Node {
  /** Where it stands in the statement. */
  readonly span: Span;
}

/** A test of one value. */
interface Predicate extends Node {
  readonly operand: Expression;
  readonly negated: boolean;
}

// Expressions hold queries and queries hold expressions, which is why all of them are in one file.

/** Every kind of expression that the parser makes. `span` is where it stands in the statement. */
export type Expression =
  | Leaf
  | Subscript
  | Field
  | Unary
  | Binary
  | Logical
  | Not
  | Cast
  | Call
  | Case
  | InList
  | InQuery
  | Between
  | Like
  | IsTest
  | Exists
  | ScalarQuery
  | Quantified
  | Row
  | AtTimeZone
  | OuterMark
  | Prior
  | Collate;

/** `base[index]` */
interface Subscript extends Node {
  readonly kind: "subscript";
  readonly base: Expression;
  readonly index: Expression;
}

/** `base.name` where base is no plain name: `c.orders[0].id`, `(f(x)).y` */
interface Field extends Node {
  readonly kind: "field";
  readonly base: Expression;
  readonly name: Identifier;
}

export interface Unary extends Node {
  readonly kind: "unary";
  /** `-`, `+`, `~`, `|/`, `||/`, `@`, `!!`, or `!` behind its operand (factorial). */
  readonly operator: string;
  readonly postfix: boolean;
  readonly operand: Expression;
}

export interface Binary extends Node {
  readonly kind: "binary";
  /** `+ - * / % ^ || = <> < <= > >= & | # << >> ~ ~* !~ !~*`; `!=` comes as `<>`. */
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Logical extends Node {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}

interface Not extends Node {
  readonly kind: "not";
  readonly operand: Expression;
}

/** `x::type`, `cast(x as type)`, `convert(type, x)`, `try_cast(x as type)` */
export interface Cast extends Node {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: SqlType;
  readonly form: "colons" | "cast" | "convert" | "try_cast";
}

/**
 * A call of a function. Special forms come as ordinary calls: `extract(f from x)` as `date_part('f', x)`,
 * `trim(both y from x)` as `btrim(x, y)` (leading: ltrim, trailing: rtrim), `position(a in b)` as `strpos(b, a)`,
 * `substring(x from a for b)` as `substring(x, a, b)`, `overlay`, `current_date`, `current_user`, `sysdate` as calls
 * without arguments. A bare date part (`dateadd(month, 1, d)`) comes as a Reference of one part.
 */
export interface Call extends Node {
  readonly kind: "call";
  readonly name: QualifiedName;
  readonly arguments: readonly Expression[];
  /** `count(*)` */
  readonly star: boolean;
  readonly distinct: boolean;
  /** `approximate count(distinct x)` */
  readonly approximate: boolean;
  readonly withinGroup: readonly SortItem[] | undefined;
  readonly nulls: "ignore" | "respect" | undefined;
  readonly over: Window | undefined;
}

export interface Window extends Node {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly frame: Frame | undefined;
}

export interface Frame {
  readonly unit: "rows" | "range";
  readonly start: FrameBound;
  /** Current row when undefined. */
  readonly end: FrameBound | undefined;
}

export type FrameBound =
  | { readonly kind: "unbounded preceding" | "current row" | "unbounded following" }
  | { readonly kind: "preceding" | "following"; readonly offset: Expression };

export interface SortItem {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nulls: "first" | "last" | undefined;
}

export interface Case extends Node {
  readonly kind: "case";
  readonly operand: Expression | undefined;
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
  readonly otherwise: Expression | undefined;
}

export interface InList extends Predicate {
  readonly kind: "in-list";
  readonly items: readonly Expression[];
}

export interface InQuery extends Predicate {
  readonly kind: "in-query";
  readonly query: Query;
}

export interface Between extends Predicate {
  readonly kind: "between";
  readonly low: Expression;
  readonly high: Expression;
}

export interface Like extends Predicate {
  readonly kind: "like";
  readonly operator: "like" | "ilike" | "similar to";
  readonly pattern: Expression;
  readonly escape: Expression | undefined;
}

/** `x is [not] null | true | false | unknown` */
export interface IsTest extends Predicate {
  readonly kind: "is";
  readonly test: "null" | "true" | "false" | "unknown";
}

export interface Exists extends Node {
  readonly kind: "exists";
  readonly query: Query;
}

export interface ScalarQuery extends Node {
  readonly kind: "scalar-query";
  readonly query: Query;
}

/** `x = any (select ...)`, `x > all (...)`; `array` stands for a list or an array of the catalog. */
export interface Quantified extends Node {
  readonly kind: "quantified";
  readonly operator: string;
  readonly quantifier: "any" | "all";
  readonly operand: Expression;
  readonly query: Query | undefined;
  readonly array: Expression | undefined;
}

/** `(a, b)` */
interface Row extends Node {
  readonly kind: "row";
  readonly items: readonly Expression[];
}

interface AtTimeZone extends Node {
  readonly kind: "at-time-zone";
  readonly operand: Expression;
  readonly zone: Expression;
}

/** `b.k (+)` */
interface OuterMark extends Node {
  readonly kind: "outer-mark";
  readonly operand: Reference;
}

/** `prior id` in CONNECT BY */
interface Prior extends Node {
  readonly kind: "prior";
  readonly operand: Expression;
}

interface Collate extends Node {
  readonly kind: "collate";
  readonly operand: Expression;
  /** `case_sensitive`, `case_insensitive` */
  readonly collation: string;
}

/** A whole query: WITH, a body, and what orders and limits it. */
export interface Query extends Node {
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

export interface Select extends Node {
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
export interface SetOperation extends Node {
  readonly kind: "set-operation";
  readonly operator: "union" | "intersect" | "except";
  readonly all: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
}

export interface Values extends Node {
  readonly kind: "values";
  readonly rows: readonly (readonly Expression[])[];
}

/** A query in brackets, with its own ORDER BY and LIMIT. */
export interface NestedQuery extends Node {
  readonly kind: "nested";
  readonly query: Query;
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

interface Aliased extends Node {
  readonly alias: Identifier | undefined;
  readonly columns: readonly Identifier[];
}

/** A table, or what only the binder can tell from one: an array of SUPER (`c.orders o at i`). */
export interface TableItem extends Aliased {
  readonly kind: "table";
  readonly name: QualifiedName;
  readonly at: Identifier | undefined;
}

/** An array that cannot be a table's name: `c.orders[0].items as i at n` */
export interface PathItem extends Aliased {
  readonly kind: "path";
  readonly expression: Expression;
  readonly at: Identifier | undefined;
}

export interface QueryItem extends Aliased {
  readonly kind: "subquery";
  readonly query: Query;
  readonly lateral: boolean;
}

/** `generate_series(1, 3) g`, `pg_get_cols(...) cols(a name, b varchar)` */
export interface FunctionItem extends Aliased {
  readonly kind: "function";
  readonly call: Call;
  /** `unnest(x) with offset` */
  readonly withOffset: boolean;
  /** Of a column definition list: as many as columns, or none. */
  readonly columnTypes: readonly SqlType[];
}

export interface Join extends Node {
  readonly kind: "join";
  readonly type: "inner" | "left" | "right" | "full" | "cross";
  readonly natural: boolean;
  readonly left: FromItem;
  readonly right: FromItem;
  readonly on: Expression | undefined;
  readonly using: readonly Identifier[];
}

/** `source PIVOT (sum(v) as s for q in (1 as one, 2))` */
export interface Pivot extends Aliased {
  readonly kind: "pivot";
  readonly source: FromItem;
  readonly aggregates: readonly { readonly call: Call; readonly alias: Identifier | undefined }[];
  readonly column: Identifier;
  readonly values: readonly { readonly value: Expression; readonly alias: Identifier | undefined }[];
}

/** `source UNPIVOT [INCLUDE NULLS] (v for q in (q1 as 'x', q2))` */
export interface Unpivot extends Aliased {
  readonly kind: "unpivot";
  readonly source: FromItem;
  readonly includeNulls: boolean;
  readonly value: Identifier;
  readonly name: Identifier;
  readonly inputs: readonly { readonly column: Identifier; readonly label: Expression | undefined }[];
}

/** `UNPIVOT e.s AS val AT attr` over an object of SUPER. */
export interface ObjectUnpivot extends Node {
  readonly kind: "object-unpivot";
  readonly expression: Expression;
  readonly value: Identifier;
  readonly attribute: Identifier | undefined;
}
