import { SqlError } from "../../sql-error.ts";
import type { Identifier } from "../ast/name.ts";
import type { Join } from "../ast/query.ts";
import { commonType } from "../functions/function-table.ts";
import type { Block, FromPart } from "./block.ts";
import { bound, varcharType } from "./bound.ts";
import { coerce, coerceCondition } from "./coerce.ts";
import { bindOperator } from "./comparison.ts";
import { noteRead } from "./reference.ts";
import { Scope, type ScopeColumn } from "./scope.ts";

/** A join: its sides see what stands before them, its condition sees both sides. */
export function bindJoin(join: Join, block: Block): FromPart {
  const before = block.scope;
  const left = block.binders.fromItem(join.left, block);
  block.scope = combined(before, left.scope);
  const right = block.binders.fromItem(join.right, block);
  checkNames(left.scope, right.scope, join.span.start);
  if (join.type === "left" || join.type === "full") noteMissing(right.scope);
  if (join.type === "right" || join.type === "full") noteMissing(left.scope);
  const names = join.natural ? naturalNames(left.scope, right.scope, join) : join.using;
  const merge = names.length > 0 ? mergedJoin(join, names, left, right, block) : undefined;
  const scope = merge?.scope ?? combined(left.scope, right.scope);
  block.scope = combined(before, scope);
  let condition = merge?.condition;
  if (join.on !== undefined) {
    const on = join.on;
    block.scope = scope;
    condition = block.within(
      "JOIN",
      () => coerceCondition(block.expression(on), "JOIN/ON", block, on.span).sql,
    );
  }
  block.scope = before;
  block.uses.length = 0;
  if (condition === undefined) return { sql: `(${left.sql} CROSS JOIN ${right.sql})`, scope };
  const word = join.type === "cross" ? "INNER" : join.type.toUpperCase();
  return { sql: `(${left.sql} ${word} JOIN ${right.sql} ON ${condition})`, scope };
}

function noteMissing(scope: Scope): void {
  for (const entry of scope.entries) if (entry.use !== undefined) entry.use.mayBeMissing = true;
}

/** @throws SqlError 42712 */
export function checkNames(left: Scope, right: Scope, position: number): void {
  for (const entry of right.entries) {
    const same = left.entries.find(
      (other) =>
        other.alias !== undefined &&
        other.alias === entry.alias &&
        other.schema === entry.schema &&
        other.database === entry.database,
    );
    if (same !== undefined) {
      throw new SqlError("42712", `table name "${entry.alias}" specified more than once`, { position });
    }
  }
}

export function combined(left: Scope, right: Scope): Scope {
  if (left.entries.length === 0) return right;
  return new Scope(
    [...left.entries, ...right.entries],
    [...left.visible, ...right.visible],
    [...left.shown, ...right.shown],
  );
}

function naturalNames(left: Scope, right: Scope, join: Join): readonly Identifier[] {
  const rightNames = new Set(right.visible.map((column) => column.name));
  return left.visible
    .filter((column) => rightNames.has(column.name))
    .map((column) => ({ name: column.name, quoted: false, span: join.span }));
}

interface Merged {
  readonly scope: Scope;
  readonly condition: string;
}

/** USING and NATURAL: columns of one name stand once, before all others. */
function mergedJoin(
  join: Join,
  names: readonly Identifier[],
  left: FromPart,
  right: FromPart,
  block: Block,
): Merged {
  const conditions: string[] = [];
  const merged: ScopeColumn[] = [];
  const gone = new Set<ScopeColumn>();
  for (const name of names) {
    const a = usingColumn(left.scope, name, "left");
    const b = usingColumn(right.scope, name, "right");
    noteRead(a);
    noteRead(b);
    gone.add(a).add(b);
    const leftBound = bound(a.type, a.sql, { column: a, blankFree: a.blankFree });
    const rightBound = bound(b.type, b.sql, { column: b, blankFree: b.blankFree });
    conditions.push(bindOperator("=", leftBound, rightBound, block, name.span).sql);
    const type = commonType([a.type, b.type]) ?? varcharType;
    const [first, second] = [leftBound, rightBound].map((side) =>
      coerce(side, type, "implicit", block, name.span),
    );
    const sql =
      join.type === "full"
        ? `coalesce(${first?.sql}, ${second?.sql})`
        : ((join.type === "right" ? second : first)?.sql ?? a.sql);
    merged.push({
      name: name.name,
      type,
      sql,
      blankFree: a.blankFree && b.blankFree,
      entry: undefined,
      origin: join.type === "right" ? b.origin : join.type === "full" ? undefined : a.origin,
      merged: [a, b],
    });
  }
  const rest = (of: "visible" | "shown"): readonly ScopeColumn[] =>
    [...left.scope[of], ...right.scope[of]].filter((column) => !gone.has(column));
  const scope = new Scope(
    [...left.scope.entries, ...right.scope.entries],
    [...merged, ...rest("visible")],
    [...merged, ...rest("shown")],
  );
  return {
    scope,
    condition: conditions.length === 1 ? (conditions[0] ?? "") : `(${conditions.join(" AND ")})`,
  };
}

function usingColumn(scope: Scope, name: Identifier, side: "left" | "right"): ScopeColumn {
  const column = scope.column(name);
  if (column !== undefined) return column;
  throw new SqlError(
    "42703",
    `column "${name.name}" specified in USING clause does not exist in ${side} table`,
    {
      position: name.span.start,
    },
  );
}
