import { SqlError } from "../../sql-error.ts";
import type { Expression, SortItem } from "../ast/expression.ts";
import type { ConnectBy } from "../ast/query.ts";
import { raised } from "../functions/engine-text.ts";
import { engineType } from "../type-text.ts";
import type { Block } from "./block.ts";
import { type Bound, bound, integerType } from "./bound.ts";
import { coerceCondition } from "./coerce.ts";
import { comparable } from "./comparison.ts";
import { containsKind } from "./contains.ts";
import { Scope, type ScopeColumn, type ScopeEntry } from "./scope.ts";
import { direction } from "./sort.ts";

export interface Hierarchy {
  readonly sql: string;
  /** What ORDER SIBLINGS BY comes to. */
  readonly order: readonly string[];
}

/** How one place of the hierarchy names rows: their own columns, their parents', and their level. */
interface View {
  readonly scope: Scope;
  readonly prior: Scope | undefined;
  readonly level: string;
}

/**
 * CONNECT BY: the rows of FROM become a tree, level by level. A row carries the numbers of the rows above it, by which
 * a loop is seen: an error, unless NOCYCLE cuts it. It also carries its parent's columns, for PRIOR in the query.
 * The query's names are then those of the tree.
 */
export function bindConnectBy(
  connectBy: ConnectBy,
  siblings: readonly SortItem[],
  from: string,
  block: Block,
): Hierarchy {
  const { startWith, condition, noCycle } = connectBy;
  if (!containsKind(condition, "prior")) {
    throw new SqlError("42601", "CONNECT BY requires a condition with PRIOR", {
      position: condition.span.start,
    });
  }
  const columns = block.scope.visible;
  const names = {
    base: block.state.nextAlias("w"),
    tree: block.state.nextAlias("w"),
    result: block.state.nextAlias(),
  };
  const base = block.within("CONNECT BY", () => baseQuery(columns, siblings, from, block));
  const own = (prefix: string): Scope => moved(block.scope, columns, prefix, "c");
  const start = rootCondition(startWith, { scope: own("b"), prior: undefined, level: "1" }, block);
  const link = linkCondition(condition, { scope: own("b"), prior: own("t"), level: "(t.lvl + 1)" }, block);
  const cells = columns.map((_, index) => `b.c${index + 1}`);
  const parents = (text: (index: number) => string): string =>
    columns.map((_, index) => `, ${text(index)}`).join("");
  const roots = parents(
    (index) => `CAST(NULL AS ${engineType(columns[index]?.type ?? integerType)}) AS p${index + 1}`,
  );
  const loop = "list_contains(t.path, b.rid)";
  const guard = noCycle
    ? `NOT ${loop}`
    : `CASE WHEN ${loop} THEN CAST(${raised("22000", "CONNECT BY loop in user data")} AS BOOLEAN) ELSE TRUE END`;
  const sql =
    `(WITH RECURSIVE ${names.base} AS MATERIALIZED (${base}), ${names.tree} AS (` +
    `SELECT ${[...cells, "b.rid"].join(", ")}, b.ord, 1 AS lvl, [b.rid] AS path, [b.ord] AS opath${roots} ` +
    `FROM ${names.base} AS b${start} UNION ALL ` +
    `SELECT ${[...cells, "b.rid"].join(", ")}, b.ord, t.lvl + 1, list_append(t.path, b.rid), list_append(t.opath, b.ord)` +
    `${parents((index) => `t.c${index + 1}`)} FROM ${names.tree} AS t INNER JOIN ${names.base} AS b ON ${link} ` +
    `WHERE ${guard}) SELECT * FROM ${names.tree}) AS ${names.result}`;
  enter(block, {
    scope: own(names.result),
    prior: moved(block.scope, columns, names.result, "p"),
    level: `${names.result}.lvl`,
  });
  return { sql, order: [`${names.result}.opath`] };
}

/** FROM's rows, numbered, and numbered again in the order in which siblings stand. */
function baseQuery(
  columns: readonly ScopeColumn[],
  siblings: readonly SortItem[],
  from: string,
  block: Block,
): string {
  const list = columns.map((column, index) => `${column.sql} AS c${index + 1}`);
  for (const column of columns) column.origin?.use.columns.add(column.origin.column.name);
  const order = siblings.map(
    (item) => `${comparable(block.expression(item.expression), block)} ${direction(item)}`,
  );
  const over = order.length === 0 ? "" : `ORDER BY ${order.join(", ")}`;
  block.uses = [];
  return `SELECT ${[...list, "row_number() OVER () AS rid", `row_number() OVER (${over}) AS ord`].join(", ")} FROM ${from}`;
}

/** The same names for columns that lie elsewhere, under `c1`, `c2` or `p1`, `p2`. */
function moved(scope: Scope, columns: readonly ScopeColumn[], prefix: string, letter: "c" | "p"): Scope {
  const places = new Map(columns.map((column, index) => [column.sql, `${prefix}.${letter}${index + 1}`]));
  const move = (column: ScopeColumn, entry: ScopeEntry | undefined): ScopeColumn => ({
    ...column,
    sql: places.get(column.sql) ?? column.sql,
    entry,
  });
  const entries = scope.entries.map((entry): ScopeEntry => {
    const own: ScopeColumn[] = [];
    const copy = { ...entry, columns: own };
    for (const column of entry.columns) own.push(move(column, copy));
    return copy;
  });
  const visible = columns.map((column) =>
    move(column, column.entry === undefined ? undefined : entries[scope.entries.indexOf(column.entry)]),
  );
  return new Scope(entries, visible);
}

function rootCondition(startWith: Expression | undefined, view: View, block: Block): string {
  return startWith === undefined ? "" : ` WHERE ${inView(startWith, "START WITH", view, block)}`;
}

function linkCondition(condition: Expression, view: View, block: Block): string {
  return inView(condition, "CONNECT BY", view, block);
}

function inView(condition: Expression, what: string, view: View, block: Block): string {
  const { scope, special, fallback } = block;
  enter(block, view);
  const value = block.within("CONNECT BY", () =>
    coerceCondition(block.expression(condition), what, block, condition.span),
  );
  Object.assign(block, { scope, special, fallback });
  block.uses = [];
  return value.sql;
}

/** From here on, names of the block mean the rows of the view. */
function enter(block: Block, view: View): void {
  const before = block.fallback;
  const { scope, prior } = view;
  block.scope = scope;
  block.fallback = (name, span) => (name === "level" ? bound(integerType, view.level) : before?.(name, span));
  block.special = (expression) => {
    if (expression.kind !== "prior" || prior === undefined) return undefined;
    return ofParent(expression.operand, prior, block);
  };
}

/** An expression over the parent's columns. */
function ofParent(operand: Expression, prior: Scope, block: Block): Bound {
  const { scope, special } = block;
  block.scope = prior;
  block.special = undefined;
  const value = block.expression(operand);
  block.scope = scope;
  block.special = special;
  return value;
}
