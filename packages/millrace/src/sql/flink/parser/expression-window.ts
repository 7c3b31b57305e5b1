import type { Expression, Frame, FrameBound, SortItem, Window } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";

// name | ( [name] [PARTITION BY ...] [ORDER BY ...] [frame] )
export function parseWindow(grammar: Grammar): Window {
  const { stream } = grammar;
  const { start } = stream.current;
  if (!stream.at("(")) {
    const name = stream.identifier("a window's name or a bracket");
    return { name, partitionBy: [], orderBy: [], frame: undefined, span: stream.spanFrom(start) };
  }
  stream.expect("(");
  const name = stream.atIdentifier() ? stream.identifier() : undefined;
  const partitionBy = stream.accept("partition", "by") ? stream.list(() => grammar.expression()) : [];
  const orderBy = stream.accept("order", "by") ? grammar.sortItems() : [];
  const frame = parseFrame(grammar);
  stream.accept("allow", "partial");
  stream.expect(")");
  return { name, partitionBy, orderBy, frame, span: stream.spanFrom(start) };
}

// ROWS|RANGE bound, ROWS|RANGE BETWEEN bound AND bound
function parseFrame(grammar: Grammar): Frame | undefined {
  const { stream } = grammar;
  const { start } = stream.current;
  const unit = stream.acceptAny("rows", "range");
  if (unit === undefined) {
    return undefined;
  }
  if (!stream.accept("between")) {
    const bound = parseBound(grammar);
    return { unit, start: bound, end: undefined, span: stream.spanFrom(start) };
  }
  const first = parseBound(grammar);
  stream.expect("and");
  const end = parseBound(grammar);
  return { unit, start: first, end, span: stream.spanFrom(start) };
}

function parseBound(grammar: Grammar): FrameBound {
  const { stream } = grammar;
  if (stream.accept("current", "row")) {
    return { kind: "current row" };
  }
  if (stream.accept("unbounded")) {
    return { kind: `unbounded ${stream.expectAny("preceding", "following")}` };
  }
  const offset = grammar.expression();
  return { kind: stream.expectAny("preceding", "following"), offset };
}

/** What stands behind ORDER BY. */
export function parseSortItems(grammar: Grammar): SortItem[] {
  return grammar.stream.list(() => grammar.sortItem());
}

// expression [ASC | DESC] [NULLS FIRST | NULLS LAST]
export function parseSortItem(grammar: Grammar): SortItem {
  const { stream } = grammar;
  const expression: Expression = grammar.expression();
  const descending = stream.acceptAny("asc", "desc") === "desc";
  const nulls = stream.accept("nulls") ? stream.expectAny("first", "last") : undefined;
  return { expression, descending, nulls };
}
