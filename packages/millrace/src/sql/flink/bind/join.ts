import type { Identifier } from "../ast/name.ts";
import type { Join } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { JoinType } from "../relation.ts";
import { leastCommonType } from "../type-rules.ts";
import { invalid } from "./bind-error.ts";
import { checkSize, join } from "./build.ts";
import { coerce } from "./coerce.ts";
import { conjunction } from "./conjunction.ts";
import { bindExpression, condition } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { callOperator } from "./scalar-call.ts";
import { besides, column, lookUp, type MergedColumn, type Scope, unknownColumn } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";

/** A join of two scopes with ON, USING or NATURAL. */
export function joinScopes(node: Join, left: Scope, right: Scope, query: QueryContext): Scope {
  const type: JoinType = node.type === "cross" ? "inner" : node.type;
  const names = node.natural ? naturalColumns(left, right) : node.using;
  if (names.length > 0) return joinUsing(node, type, left, right, names);
  const cross = join(left.relation, right.relation, type, undefined);
  if (node.on === undefined) return besides(left, right, cross);
  // The condition is about the rows before an outer join has put NULLs into them.
  const inner = besides(left, right, join(left.relation, right.relation, "inner", undefined));
  const test = condition(bindExpression(node.on, rowContext(query, inner, "ON")), "ON", node.on.span.start);
  checkSize(test, query.statement.keys);
  const isTrue = test.kind === "literal" && test.value === true;
  return besides(left, right, isTrue ? cross : join(left.relation, right.relation, type, test));
}

/** Columns of the same name on both sides. */
function naturalColumns(left: Scope, right: Scope): readonly Identifier[] {
  const span = { start: 0, end: 0 };
  const names = new Set(right.tables.flatMap((table) => table.columns.map((entry) => entry.name)));
  const shared = left.tables.flatMap((table) =>
    table.columns.filter((entry) => names.has(entry.name) && !entry.isMerged).map((entry) => entry.name),
  );
  return [...new Set(shared)].map((name) => ({ name, quoted: true, span }));
}

function joinUsing(
  node: Join,
  type: JoinType,
  left: Scope,
  right: Scope,
  names: readonly Identifier[],
): Scope {
  const offset = left.relation.fields.length;
  const pairs = names.map((name) => {
    const [a, b] = [usingColumn(left, name), usingColumn(right, name)];
    const moved: BoundExpression = b.kind === "column" ? { ...b, index: b.index + offset } : b;
    return { name, left: a, right: moved };
  });
  const at = node.span.start;
  const tests = pairs.map((pair) => callOperator("=", [pair.left, pair.right], pair.name.span.start));
  const relation = join(left.relation, right.relation, type, conjunction(tests, at));
  const scope = besides(left, right, relation);
  const wanted = new Set(names.map((name) => name.name));
  const tables = scope.tables.map((table) => ({
    ...table,
    columns: table.columns.map((entry) => (wanted.has(entry.name) ? { ...entry, isMerged: true } : entry)),
  }));
  const { fields } = relation;
  const side = (expression: BoundExpression): BoundExpression =>
    expression.kind === "column" ? column(fields, expression.index) : expression;
  const merged = pairs.map((pair): MergedColumn => {
    const name = pair.name.name;
    if (type === "full") return { name, expression: either(side(pair.left), side(pair.right), at) };
    return { name, expression: side(type === "right" ? pair.right : pair.left) };
  });
  return { relation, tables, merged: [...merged, ...left.merged.filter((entry) => !wanted.has(entry.name))] };
}

function usingColumn(scope: Scope, name: Identifier): BoundExpression {
  const found = lookUp(scope, [name]);
  if (found === undefined) throw unknownColumn(scope, [name]);
  if (found.expression.kind !== "column") {
    throw invalid(`the column '${name.name}' of a FULL JOIN cannot be joined by USING`, name.span.start);
  }
  return found.expression;
}

function either(left: BoundExpression, right: BoundExpression, position: number): BoundExpression {
  const type = leastCommonType([left.type, right.type]) ?? left.type;
  return callOperator("coalesce", [coerce(left, type), coerce(right, type)], position);
}
