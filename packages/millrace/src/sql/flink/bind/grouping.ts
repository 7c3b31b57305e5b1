import type { Expression, GroupingItem, Select } from "../ast/tree.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { bindExpression } from "./expression.ts";
import { type ExpressionContext, plain } from "./expression-context.ts";
import type { Grouping } from "./group.ts";
import {
  bindGroupWindow,
  type GroupWindow,
  type GroupWindowKind,
  groupWindowNames,
} from "./window-property.ts";

/** What GROUP BY names: expressions, and at most one window. */
export function bindGrouping(select: Select, context: ExpressionContext): Grouping {
  const inside = plain(context, "GROUP BY");
  const expressions: Grouping["expressions"][number][] = [];
  let window: GroupWindow | undefined;
  for (const node of (select.groupBy ?? []).flatMap(groupingExpressions)) {
    const kind = windowKind(node);
    if (kind === undefined || node.kind !== "call") {
      expressions.push(bindExpression(node, inside));
    } else if (window === undefined) {
      window = bindGroupWindow(kind, node, inside, bindExpression);
    } else {
      throw invalid("only one window may stand in GROUP BY", node.span.start);
    }
  }
  return { expressions, window };
}

/** `()` is no expression, `(a, b)` is two. */
function groupingExpressions(item: GroupingItem): readonly Expression[] {
  switch (item.kind) {
    case "expression":
      return [item.expression];
    case "set":
      return item.expressions;
    case "sets":
      throw elsewhere("GROUPING SETS", item.span.start);
    default:
      throw elsewhere(item.kind.toUpperCase(), item.span.start);
  }
}

function windowKind(node: Expression): GroupWindowKind | undefined {
  if (node.kind !== "call" || node.name.parts.length !== 1) return undefined;
  const name = node.name.parts[0]?.name.toLowerCase() ?? "";
  return groupWindowNames.includes(name) ? (name as GroupWindowKind) : undefined;
}
