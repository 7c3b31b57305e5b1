import type { Expression, GroupingItem } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";

interface Groups {
  readonly groupBy: readonly GroupingItem[];
  readonly groupByAll: boolean;
}

// GROUP BY { ALL | item, ... }
export function parseGroupBy(grammar: Grammar): Groups {
  const { stream } = grammar;
  if (!stream.accept("group")) {
    return { groupBy: [], groupByAll: false };
  }
  stream.expect("by");
  if (stream.accept("all")) {
    return { groupBy: [], groupByAll: true };
  }
  return { groupBy: stream.list(() => parseItem(grammar)), groupByAll: false };
}

// expression | (a, b) | () | ROLLUP (...) | CUBE (...) | GROUPING SETS (item, ...)
function parseItem(grammar: Grammar): GroupingItem {
  const { stream } = grammar;
  const { start } = stream.current;
  if (stream.accept("grouping", "sets")) {
    stream.expect("(");
    const items = stream.nested(() => stream.list(() => parseItem(grammar)));
    stream.expect(")");
    return { kind: "sets", items, span: stream.spanFrom(start) };
  }
  if (stream.at("rollup", "(") || stream.at("cube", "(")) {
    const kind = stream.next().lexeme === "cube" ? "cube" : "rollup";
    stream.expect("(");
    const sets = stream.list(() => parseSet(grammar));
    stream.expect(")");
    return { kind, sets, span: stream.spanFrom(start) };
  }
  if (stream.accept("(", ")")) {
    return { kind: "set", expressions: [] };
  }
  const expression = grammar.expression();
  return expression.kind === "row" && expression.items.length > 1
    ? { kind: "set", expressions: expression.items }
    : { kind: "expression", expression };
}

/** One element of ROLLUP and CUBE, which may be several expressions in brackets. */
function parseSet(grammar: Grammar): readonly Expression[] {
  const expression = grammar.expression();
  return expression.kind === "row" ? expression.items : [expression];
}
