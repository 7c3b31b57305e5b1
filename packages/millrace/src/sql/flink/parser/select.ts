import type { GroupingItem, NamedWindow, Select, SelectItem } from "../ast/tree.ts";
import { parseFromItems } from "./from.ts";
import type { Grammar } from "./grammar.ts";
import { parseHints } from "./hint.ts";
import { parseStagger } from "./stagger.ts";

// SELECT [hints] [STREAM] [ALL|DISTINCT] items [FROM ...] [WHERE ...] [GROUP BY ...] [HAVING ...] [WINDOW ...] [QUALIFY ...]
export function parseSelect(grammar: Grammar): Select {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("select");
  const hints = parseHints(stream);
  const isStream = stream.dialect.retired && stream.accept("stream");
  const distinct = stream.acceptAny("all", "distinct") === "distinct";
  const items = stream.list(() => parseItem(grammar));
  const from = stream.accept("from") ? parseFromItems(grammar) : [];
  const where = stream.accept("where") ? grammar.expression() : undefined;
  const stagger = stream.dialect.retired ? parseStagger(grammar) : undefined;
  const groupBy = stream.accept("group", "by") ? parseGroupBy(grammar) : undefined;
  const having = stream.accept("having") ? grammar.expression() : undefined;
  const windows = stream.accept("window") ? stream.list(() => parseNamedWindow(grammar)) : [];
  const qualify = stream.accept("qualify") ? grammar.expression() : undefined;
  return {
    kind: "select",
    hints,
    stream: isStream,
    distinct,
    items,
    from,
    where,
    stagger,
    groupBy,
    having,
    windows,
    qualify,
    span: stream.spanFrom(start),
  };
}

// * | expression [[AS] alias]
function parseItem(grammar: Grammar): SelectItem {
  const { stream } = grammar;
  const { start } = stream.current;
  if (stream.accept("*")) {
    return { expression: { kind: "star", qualifier: [], span: stream.spanFrom(start) }, alias: undefined };
  }
  const expression = grammar.expression();
  if (stream.accept("as")) {
    return { expression, alias: stream.identifier("a name") };
  }
  return { expression, alias: stream.atIdentifier() ? stream.identifier() : undefined };
}

function parseNamedWindow(grammar: Grammar): NamedWindow {
  const { stream } = grammar;
  const name = stream.identifier("a window's name");
  stream.expect("as");
  return { name, window: grammar.window() };
}

/** An empty list is `GROUP BY ()`. */
function parseGroupBy(grammar: Grammar): readonly GroupingItem[] {
  const { stream } = grammar;
  stream.acceptAny("all", "distinct");
  const items = stream.list(() => parseGrouping(grammar));
  const [first] = items;
  return items.length === 1 && first?.kind === "set" && first.expressions.length === 0 ? [] : items;
}

// expression | () | (a, b) | ROLLUP (...) | CUBE (...) | GROUPING SETS (...)
function parseGrouping(grammar: Grammar): GroupingItem {
  const { stream } = grammar;
  const { start, lexeme } = stream.current;
  if (lexeme === "rollup" || lexeme === "cube") {
    stream.next();
    return { kind: lexeme, items: parseSets(grammar), span: stream.spanFrom(start) };
  }
  if (stream.accept("grouping", "sets")) {
    return { kind: "sets", items: parseSets(grammar), span: stream.spanFrom(start) };
  }
  if (stream.accept("(", ")")) {
    return { kind: "set", expressions: [], span: stream.spanFrom(start) };
  }
  const expression = grammar.expression();
  return expression.kind === "row"
    ? { kind: "set", expressions: expression.items, span: expression.span }
    : { kind: "expression", expression };
}

function parseSets(grammar: Grammar): readonly GroupingItem[] {
  const { stream } = grammar;
  return stream.nested(() => {
    stream.expect("(");
    const items = stream.list(() => parseGrouping(grammar));
    stream.expect(")");
    return items;
  });
}
