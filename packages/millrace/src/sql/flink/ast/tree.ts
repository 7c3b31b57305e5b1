import type { Span } from "../../position.ts";
import type { DataType, IntervalUnit } from "./data-type.ts";
import type { Hint } from "./hint.ts";
import type { JsonBehaviorOf, JsonCallOf } from "./json-call.ts";
import type { Leaf } from "./leaf.ts";
import type { MatchItemOf } from "./match.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { BinaryOperator } from "./operator.ts";
import type { FrameBoundOf, FrameOf, SortItemOf, StaggerOf, WindowOf } from "./window.ts";

export type { Hint } from "./hint.ts";
export type { BinaryOperator } from "./operator.ts";

interface Node {
  /** Where it stands in the statement. */
  readonly span: Span;
}

/** A test of one value. */
interface Predicate extends Node {
  readonly operand: Expression;
  readonly negated: boolean;
}

export type JsonCall = JsonCallOf<Expression>;
export type JsonBehavior = JsonBehaviorOf<Expression>;
export type Window = WindowOf<Expression>;
export type Frame = FrameOf<Expression>;
export type FrameBound = FrameBoundOf<Expression>;
export type SortItem = SortItemOf<Expression>;
export type Stagger = StaggerOf<Expression>;

// Expressions hold queries and queries hold expressions, which is why all of them are in one file.

/** Every kind of expression that the parser makes. */
export type Expression =
  | Leaf
  | Subscript
  | FieldAccess
  | Unary
  | Binary
  | Logical
  | Not
  | Cast
  | Call
  | JsonCall
  | Case
  | InList
  | InQuery
  | Between
  | Like
  | IsTest
  | IsDistinct
  | Exists
  | ScalarQuery
  | Quantified
  | RowConstructor
  | CollectionConstructor
  | CollectionQuery
  | MapConstructor
  | IntervalExpression
  | MatchSemantics
  | NamedArgument
  | TableArgument;

/** `base[index]` */
export interface Subscript extends Node {
  readonly kind: "subscript";
  readonly base: Expression;
  readonly index: Expression;
}

/** `base.name` where base is no plain name: `a[1].b`, `f(x).c` */
export interface FieldAccess extends Node {
  readonly kind: "field";
  readonly base: Expression;
  readonly name: Identifier;
}

export interface Unary extends Node {
  readonly kind: "unary";
  readonly operator: "-" | "+";
  readonly operand: Expression;
}

export interface Binary extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
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

export interface Not extends Node {
  readonly kind: "not";
  readonly operand: Expression;
}

/** `CAST(x AS type)`, `TRY_CAST(x AS type)` */
export interface Cast extends Node {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: DataType;
  readonly isTry: boolean;
}

/**
 * A call of a function; `name` is as written, and of one part for all that Flink has by itself. Special forms come
 * as ordinary calls: `EXTRACT(DAY FROM x)` as `extract(keyword day, x)`, `FLOOR(x TO DAY)` as `floor(x, keyword)`
 * (CEIL and CEILING too), `TIMESTAMPADD(DAY, n, x)` and `TIMESTAMPDIFF(DAY, a, b)` with a keyword first,
 * `TRIM(BOTH y FROM x)` as `trim(keyword both, y, x)` and `TRIM(x)` as `trim(x)`, `POSITION(a IN b)` as
 * `position(a, b)`, `OVERLAY(a PLACING b FROM c FOR d)` as `overlay(a, b, c, d)`, `SUBSTRING(x FROM a FOR b)` as
 * `substring(x, a, b)`; `CURRENT_TIMESTAMP` and the like as calls without arguments. The names of special forms are
 * in lower case.
 */
export interface Call extends Node {
  readonly kind: "call";
  readonly name: QualifiedName;
  readonly arguments: readonly Expression[];
  /** `COUNT(*)` */
  readonly star: boolean;
  readonly distinct: boolean;
  /** `ARRAY_AGG(x ORDER BY y)` */
  readonly orderBy: readonly SortItem[];
  readonly withinGroup: readonly SortItem[] | undefined;
  readonly filter: Expression | undefined;
  readonly nulls: "ignore" | "respect" | undefined;
  readonly over: Window | undefined;
}

export interface Case extends Node {
  readonly kind: "case";
  readonly operand: Expression | undefined;
  /** With an operand, WHEN may have several values. */
  readonly branches: readonly { readonly when: readonly Expression[]; readonly then: Expression }[];
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
  readonly symmetric: boolean;
  readonly low: Expression;
  readonly high: Expression;
}

export interface Like extends Predicate {
  readonly kind: "like";
  readonly operator: "like" | "similar to";
  readonly pattern: Expression;
  readonly escape: Expression | undefined;
}

/** `x IS [NOT] NULL` and so on; `json` is IS JSON VALUE. */
export interface IsTest extends Predicate {
  readonly kind: "is";
  readonly test:
    | "null"
    | "true"
    | "false"
    | "unknown"
    | "json"
    | "json object"
    | "json array"
    | "json scalar"
    | "a set"
    | "empty";
}

/** `x IS [NOT] DISTINCT FROM y` */
export interface IsDistinct extends Predicate {
  readonly kind: "is-distinct";
  readonly other: Expression;
}

export interface Exists extends Node {
  readonly kind: "exists";
  readonly query: Query;
}

/** A query as a value. */
export interface ScalarQuery extends Node {
  readonly kind: "scalar-query";
  readonly query: Query;
}

/** `x = ANY (SELECT ...)`, `x > ALL (1, 2)`: either a query or items. */
export interface Quantified extends Node {
  readonly kind: "quantified";
  readonly operator: "=" | "<>" | "<" | "<=" | ">" | ">=";
  readonly quantifier: "any" | "all";
  readonly operand: Expression;
  readonly query: Query | undefined;
  readonly items: readonly Expression[];
}

/** `ROW(a, b)`, `(a, b)` */
export type RowConstructor = Node & { readonly kind: "row"; readonly items: readonly Expression[] };

/** `ARRAY[1, 2]`, `MULTISET[1, 2]` */
export interface CollectionConstructor extends Node {
  readonly kind: "collection";
  readonly collection: "array" | "multiset";
  readonly items: readonly Expression[];
}

/** `ARRAY(SELECT ...)`, `MULTISET(SELECT ...)`, `MAP(SELECT ...)` */
export interface CollectionQuery extends Node {
  readonly kind: "collection-query";
  readonly collection: "array" | "multiset" | "map";
  readonly query: Query;
}

/** `MAP['a', 1, 'b', 2]` */
export interface MapConstructor extends Node {
  readonly kind: "map";
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}

/** `INTERVAL 5 MINUTE`, `INTERVAL (a + 1) DAY` */
export interface IntervalExpression extends Node {
  readonly kind: "interval-expression";
  readonly operand: Expression;
  readonly unit: IntervalUnit;
}

/** `FINAL LAST(A.price)`, `RUNNING ...` in MATCH_RECOGNIZE. */
export interface MatchSemantics extends Node {
  readonly kind: "match-semantics";
  readonly semantics: "final" | "running";
  readonly operand: Expression;
}

/** `name => value` as an argument. */
export interface NamedArgument extends Node {
  readonly kind: "named-argument";
  readonly name: Identifier;
  readonly value: Expression;
}

/** `TABLE t PARTITION BY a ORDER BY b`, or a query in brackets, as an argument. */
export interface TableArgument extends Node {
  readonly kind: "table-argument";
  readonly table: QualifiedName | Query;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
}

/** WITH, a body, and what orders and limits it. */
export interface Query extends Node {
  readonly kind: "query";
  readonly with: readonly CommonTable[];
  /** WITH RECURSIVE */
  readonly recursive: boolean;
  readonly body: QueryBody;
  readonly orderBy: readonly SortItem[];
  readonly offset: Expression | undefined;
  /** LIMIT and FETCH; LIMIT ALL is undefined. */
  readonly limit: Expression | undefined;
}

export type QueryBody = Select | SetOperation | Values | ExplicitTable | NestedQuery;

export interface CommonTable {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

export interface Select extends Node {
  readonly kind: "select";
  readonly hints: readonly Hint[];
  /** SELECT STREAM, which the retired dialect has and Flink takes no more. */
  readonly stream: boolean;
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: readonly FromItem[];
  readonly where: Expression | undefined;
  /** WINDOWED BY STAGGER, of the retired dialect only. */
  readonly stagger: Stagger | undefined;
  /** Undefined without GROUP BY; an empty list is `GROUP BY ()`. */
  readonly groupBy: readonly GroupingItem[] | undefined;
  readonly having: Expression | undefined;
  /** WINDOW w AS (...) */
  readonly windows: readonly NamedWindow[];
  readonly qualify: Expression | undefined;
}

export interface NamedWindow {
  readonly name: Identifier;
  readonly window: Window;
}

export interface SelectItem {
  readonly expression: Expression;
  readonly alias: Identifier | undefined;
}

export type GroupingItem =
  | { readonly kind: "expression"; readonly expression: Expression }
  | {
      readonly kind: "rollup" | "cube" | "sets";
      readonly items: readonly GroupingItem[];
      readonly span: Span;
    }
  /** `(a, b)` and `()` */
  | { readonly kind: "set"; readonly expressions: readonly Expression[]; readonly span: Span };

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

/** `TABLE t` as a query. */
export interface ExplicitTable extends Node {
  readonly kind: "explicit-table";
  readonly name: QualifiedName;
}

/** A query in brackets, with its own ORDER BY and LIMIT. */
export interface NestedQuery extends Node {
  readonly kind: "nested";
  readonly query: Query;
}

export type FromItem = TableItem | QueryItem | FunctionItem | UnnestItem | MatchItem | Join;

interface Aliased extends Node {
  readonly alias: Identifier | undefined;
  readonly columns: readonly Identifier[];
}

export interface TableItem extends Aliased {
  readonly kind: "table";
  readonly name: QualifiedName;
  readonly hints: readonly Hint[];
  /** FOR SYSTEM_TIME AS OF */
  readonly systemTime: Expression | undefined;
  /** The window of a join of streams, of the retired dialect only. */
  readonly over: Window | undefined;
}

/** `(SELECT ...)`, `(VALUES ...)`, `LATERAL (SELECT ...)` */
export interface QueryItem extends Aliased {
  readonly kind: "subquery";
  readonly query: Query;
  readonly lateral: boolean;
}

/** `TABLE(TUMBLE(TABLE t, ...))`, `LATERAL TABLE(f(x))`, `TUMBLE(TABLE t, ...)`, `f(x)` */
export interface FunctionItem extends Aliased {
  readonly kind: "function";
  readonly call: Call;
  readonly lateral: boolean;
}

export interface UnnestItem extends Aliased {
  readonly kind: "unnest";
  readonly expressions: readonly Expression[];
  readonly withOrdinality: boolean;
}

/** `input MATCH_RECOGNIZE (...)` */
export type MatchItem = MatchItemOf<Expression, FromItem> & Aliased;

export interface Join extends Node {
  readonly kind: "join";
  readonly type: "inner" | "left" | "right" | "full" | "cross";
  readonly natural: boolean;
  readonly left: FromItem;
  readonly right: FromItem;
  readonly on: Expression | undefined;
  readonly using: readonly Identifier[];
}
