import type { Call, ScalarQuery } from "../ast/expression.ts";
import { engineType } from "../type-text.ts";
import { type Block, notSupported } from "./block.ts";
import { type Bound, bound, hasSubquery, traitsOf } from "./bound.ts";
import { likened } from "./case.ts";
import { boundSubquery } from "./correlation.ts";
import { onlyColumn } from "./subquery.ts";

/** `array[a, b]` and `array(select ...)`, which come as calls of `array[]`: the leader node knows arrays. */
export function bindArray(call: Call, block: Block): Bound {
  const [first] = call.arguments;
  if (first?.kind === "scalar-query" && call.arguments.length === 1) return bindArrayQuery(first, block);
  const values = call.arguments.map((argument) => block.expression(argument));
  const items = likened(values, "ARRAY", block, call.arguments);
  const [item] = items;
  if (item === undefined) throw notSupported("an array without elements", call.span);
  const type = { name: "array", element: item.type } as const;
  const list = items.map((one) => one.sql).join(", ");
  return bound(type, `CAST([${list}] AS ${engineType(type)})`, { traits: traitsOf(items) });
}

/** Over system tables only. */
function bindArrayQuery({ query, span }: ScalarQuery, block: Block): Bound {
  const inner = boundSubquery(query, false, block);
  if (!block.state.isLeaderOnly()) throw notSupported("ARRAY of a subquery", span);
  const element = onlyColumn(inner, span).type;
  return bound({ name: "array", element }, `ARRAY(${inner.sql})`, { traits: hasSubquery });
}
