import type { Frame, FrameBound, SortItem, Window } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";

// OVER ( [PARTITION BY a, b] [ORDER BY c] [frame] )
export function parseWindow(grammar: Grammar): Window {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("over", "(");
  const partitionBy = stream.accept("partition", "by") ? stream.list(() => grammar.expression()) : [];
  const orderBy = stream.accept("order", "by") ? grammar.sortItems() : [];
  const frame = parseFrame(grammar);
  stream.expect(")");
  return { partitionBy, orderBy, frame, span: stream.spanFrom(start) };
}

// { ROWS | RANGE } { bound | BETWEEN bound AND bound }
function parseFrame(grammar: Grammar): Frame | undefined {
  const { stream } = grammar;
  const unit = stream.acceptAny("rows", "range");
  if (unit === undefined) {
    return undefined;
  }
  if (!stream.accept("between")) {
    return { unit, start: parseBound(grammar), end: undefined };
  }
  const start = parseBound(grammar);
  stream.expect("and");
  return { unit, start, end: parseBound(grammar) };
}

function parseBound(grammar: Grammar): FrameBound {
  const { stream } = grammar;
  if (stream.accept("current", "row")) {
    return { kind: "current row" };
  }
  const unbounded = stream.accept("unbounded");
  const offset = unbounded ? undefined : grammar.operators(1);
  const direction = stream.acceptAny("preceding", "following");
  if (direction === undefined) {
    throw stream.syntaxError();
  }
  return offset === undefined ? { kind: `unbounded ${direction}` } : { kind: direction, offset };
}

/** What stands behind ORDER BY. */
export function parseSortItems(grammar: Grammar): SortItem[] {
  const { stream } = grammar;
  return stream.list(() => {
    const expression = grammar.expression();
    const descending = stream.acceptAny("asc", "desc") === "desc";
    return { expression, descending, nulls: parseNullOrder(grammar) };
  });
}

function parseNullOrder({ stream }: Grammar): SortItem["nulls"] {
  if (!stream.accept("nulls")) {
    return undefined;
  }
  const nulls = stream.acceptAny("first", "last");
  if (nulls === undefined) {
    throw stream.syntaxError();
  }
  return nulls;
}
