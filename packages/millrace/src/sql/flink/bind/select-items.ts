import type { Star } from "../ast/leaf.ts";
import type { Expression, SelectItem } from "../ast/tree.ts";
import { invalid, proposal } from "./bind-error.ts";
import type { Item } from "./build.ts";
import { bindExpression } from "./expression.ts";
import type { ExpressionContext } from "./expression-context.ts";
import { allColumns, columnsOf, lookUp, type Scope, type StarColumn } from "./scope.ts";

/** The columns of a SELECT list, with `*` written out. */
export function bindItems(items: readonly SelectItem[], context: ExpressionContext): readonly Item[] {
  const bound: Item[] = [];
  for (const item of items) {
    const { expression } = item;
    if (expression.kind === "star") {
      for (const part of starColumns(expression, context)) bound.push(part);
    } else {
      const name = item.alias?.name ?? ownName(expression) ?? `EXPR$${bound.length}`;
      bound.push({ name, expression: bindExpression(expression, context) });
    }
  }
  return bound;
}

/** The name of a column that was only picked. */
function ownName(expression: Expression): string | undefined {
  if (expression.kind === "reference") return expression.parts.at(-1)?.name;
  return expression.kind === "field" ? expression.name.name : undefined;
}

function starColumns(node: Star, context: ExpressionContext): readonly StarColumn[] {
  const { scope } = context;
  const at = node.span.start;
  const columns =
    node.qualifier.length === 0
      ? allColumns(scope)
      : (columnsOf(scope, node.qualifier) ?? rowColumns(node, scope));
  if (columns === undefined) {
    const name = node.qualifier.map((part) => part.name).join(".");
    const tables = scope.tables.flatMap((table) => table.name ?? []);
    throw invalid(`table '${name}' not found${proposal(name, tables)}`, at, "42P01");
  }
  if (columns.length === 0) throw invalid("SELECT * needs a FROM", at, "42601");
  for (const { expression } of columns) {
    context.query.statement.spans.set(expression, node.span);
  }
  return columns;
}

/** `r.*` of a column r that is a ROW. */
function rowColumns(node: Star, scope: Scope): readonly StarColumn[] | undefined {
  const found = lookUp(scope, node.qualifier);
  if (found === undefined || found.parts !== node.qualifier.length) return undefined;
  const { type } = found.expression;
  if (type.kind !== "row") return undefined;
  return type.fields.map((field, index) => ({
    name: field.name,
    expression: {
      kind: "field",
      type: { ...field.type, nullable: type.nullable || field.type.nullable },
      operand: found.expression,
      index,
    },
  }));
}
