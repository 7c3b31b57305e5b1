import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import type { FromItem } from "../ast/query.ts";
import { type Block, type FromPart, notSupported } from "./block.ts";
import { coerceCondition } from "./coerce.ts";
import { conjunction, conjuncts, containsKind } from "./contains.ts";

export interface MarkedFrom {
  readonly sql: string;
  /** What is left of WHERE. */
  readonly where: Expression | undefined;
}

export function hasOuterMarks(where: Expression | undefined): where is Expression {
  return where !== undefined && containsKind(where, "outer-mark");
}

/** A condition of which one item's columns are marked. */
interface MarkedCondition {
  readonly sql: string;
  readonly marked: number;
  readonly others: ReadonlySet<number>;
}

/**
 * `from a, b where a.k = b.k (+)`: the marked item is joined outer to the others by all of the conditions that mark it.
 * @throws SqlError 42601 for marks beside JOIN or of two items in one condition
 */
export function joinMarked(
  where: Expression,
  items: readonly FromItem[],
  parts: readonly FromPart[],
  block: Block,
): MarkedFrom {
  const join = items.find((item) => item.kind === "join");
  if (join !== undefined) {
    throw new SqlError("42601", "Old-style outer join operator (+) cannot be used with ANSI joins", {
      position: join.span.start,
    });
  }
  const all = conjuncts(where);
  const conditions = all
    .filter((one) => containsKind(one, "outer-mark"))
    .map((one) => markedCondition(one, parts, block));
  const rest = conjunction(all.filter((one) => !containsKind(one, "outer-mark")));
  return { sql: joined(parts, conditions, where), where: rest };
}

function markedCondition(condition: Expression, parts: readonly FromPart[], block: Block): MarkedCondition {
  const marked = new Set<number>();
  const others = new Set<number>();
  const before = block.special;
  block.uses = [];
  block.special = (expression) => {
    if (expression.kind !== "outer-mark") return undefined;
    const outside = block.uses;
    block.uses = [];
    const value = block.expression(expression.operand);
    for (const index of partsUsed(block, parts)) marked.add(index);
    block.uses = outside;
    return value;
  };
  const bound = block.within("JOIN", () =>
    coerceCondition(block.expression(condition), "WHERE", block, condition.span),
  );
  block.special = before;
  for (const index of partsUsed(block, parts)) others.add(index);
  block.uses = [];
  const [first, second] = [...marked];
  if (first === undefined || second !== undefined) {
    throw new SqlError(
      "42601",
      "Old-style outer join operator (+) may mark columns of one table in a condition",
      {
        position: condition.span.start,
      },
    );
  }
  if (others.has(first))
    throw notSupported("a condition that marks some columns of a table with (+)", condition.span);
  return { sql: bound.sql, marked: first, others };
}

function partsUsed(block: Block, parts: readonly FromPart[]): readonly number[] {
  return block.uses.map(({ column }) =>
    parts.findIndex((part) => column.entry !== undefined && part.scope.entries.includes(column.entry)),
  );
}

/** Items that nothing marks first, then each marked one as soon as what its conditions name stands before it. */
function joined(
  parts: readonly FromPart[],
  conditions: readonly MarkedCondition[],
  where: Expression,
): string {
  const outer = new Set(conditions.map((condition) => condition.marked));
  const placed = new Set(parts.map((_, index) => index).filter((index) => !outer.has(index)));
  const base = parts.filter((_, index) => placed.has(index)).map((part) => part.sql);
  let sql = base.length === 0 ? "" : base.length === 1 ? (base[0] ?? "") : `(${base.join(" CROSS JOIN ")})`;
  const waiting = [...outer];
  while (waiting.length > 0) {
    const at = waiting.findIndex((index) =>
      conditions.every((one) => one.marked !== index || [...one.others].every((other) => placed.has(other))),
    );
    const next = waiting[at];
    if (next === undefined || sql === "") {
      throw new SqlError("42601", "tables are outer joined to each other by (+)", {
        position: where.span.start,
      });
    }
    waiting.splice(at, 1);
    placed.add(next);
    for (const entry of parts[next]?.scope.entries ?? [])
      if (entry.use !== undefined) entry.use.mayBeMissing = true;
    const on = conditions.filter((one) => one.marked === next).map((one) => one.sql);
    sql = `(${sql} LEFT JOIN ${parts[next]?.sql} ON ${on.join(" AND ")})`;
  }
  return sql;
}
