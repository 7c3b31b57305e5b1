import type { CollectionConstructor, MapConstructor, RowConstructor } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import type { ExpressionBinder } from "./expression-binder.ts";
import type { ExpressionContext } from "./expression-context.ts";
import { callOperator } from "./scalar-call.ts";

/** `ROW(..)`, `(a, b)`, `ARRAY[..]`, `MAP[..]` */
export function bindConstructor(
  node: RowConstructor | CollectionConstructor | MapConstructor,
  context: ExpressionContext,
  bind: ExpressionBinder,
): BoundExpression {
  const at = node.span.start;
  switch (node.kind) {
    case "row":
      return callOperator(
        "row",
        node.items.map((item) => bind(item, context)),
        at,
      );
    case "collection": {
      if (node.collection === "multiset") throw elsewhere("the constructor MULTISET[...]", at);
      if (node.items.length === 0)
        throw invalid("ARRAY[] needs an element, which gives its type", at, "42804");
      return callOperator(
        "array",
        node.items.map((item) => bind(item, context)),
        at,
      );
    }
    case "map": {
      if (node.entries.length === 0)
        throw invalid("MAP[] needs an entry, which gives its types", at, "42804");
      const operands = node.entries.flatMap(({ key, value }) => [bind(key, context), bind(value, context)]);
      return callOperator("map", operands, at);
    }
  }
}
