import type { Identifier } from "../ast/name.ts";
import type { Call, Expression, NamedArgument, SortItem } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";

/** A call whose name, of these parts, is read already. */
export function parseCall(grammar: Grammar, parts: readonly Identifier[], start: number): Call {
  const { stream } = grammar;
  const nameEnd = parts.at(-1)?.span.end ?? start;
  const height = stream.enter();
  stream.expect("(");
  const star = stream.at("*", ")") && stream.accept("*");
  const distinct = !star && stream.acceptAny("distinct", "all") === "distinct";
  const items: Expression[] = [];
  if (!star && !stream.at(")")) {
    items.push(...stream.list(() => parseArgument(grammar)));
  }
  const orderBy = stream.accept("order", "by") ? grammar.sortItems() : [];
  stream.expect(")");
  stream.leave(height);
  return finishCall(grammar, {
    name: { parts, span: { start, end: nameEnd } },
    arguments: items,
    star,
    distinct,
    orderBy,
    start,
  });
}

interface CallBegin {
  readonly name: Call["name"];
  readonly arguments: readonly Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly orderBy: readonly SortItem[];
  readonly start: number;
}

// [IGNORE|RESPECT NULLS] [WITHIN GROUP (ORDER BY ...)] [FILTER (WHERE ...)] [OVER window]
function finishCall(grammar: Grammar, begin: CallBegin): Call {
  const { stream } = grammar;
  const height = stream.enter();
  const nulls =
    stream.at("ignore", "nulls") || stream.at("respect", "nulls") ? stream.next().lexeme : undefined;
  if (nulls !== undefined) {
    stream.expect("nulls");
  }
  const withinGroup = parseWithinGroup(grammar);
  const filter = parseFilter(grammar);
  const over = stream.accept("over") ? grammar.window() : undefined;
  stream.leave(height);
  return {
    kind: "call",
    name: begin.name,
    arguments: begin.arguments,
    star: begin.star,
    distinct: begin.distinct,
    orderBy: begin.orderBy,
    withinGroup,
    filter,
    nulls: nulls === undefined ? undefined : nulls === "ignore" ? "ignore" : "respect",
    over,
    span: stream.spanFrom(begin.start),
  };
}

function parseWithinGroup(grammar: Grammar): readonly SortItem[] | undefined {
  const { stream } = grammar;
  if (!stream.accept("within", "group")) {
    return undefined;
  }
  stream.expect("(", "order", "by");
  const items = grammar.sortItems();
  stream.expect(")");
  return items;
}

// FILTER (WHERE condition)
export function parseFilter(grammar: Grammar): Expression | undefined {
  const { stream } = grammar;
  if (!stream.accept("filter")) {
    return undefined;
  }
  stream.expect("(", "where");
  const condition = grammar.expression();
  stream.expect(")");
  return condition;
}

/** An ordinary call that a special form stands for. */
export function plainCall(
  grammar: Grammar,
  name: Identifier,
  items: readonly Expression[],
  start: number,
): Call {
  return finishCall(grammar, {
    name: { parts: [name], span: name.span },
    arguments: items,
    star: false,
    distinct: false,
    orderBy: [],
    start,
  });
}

// name => value, or a value
function parseArgument(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { current } = stream;
  const named = (current.kind === "word" || current.kind === "quoted") && stream.peek(1).lexeme === "=>";
  if (!named) {
    return parseArgumentValue(grammar);
  }
  const name = stream.anyWord();
  stream.expect("=>");
  const value = parseArgumentValue(grammar);
  return {
    kind: "named-argument",
    name,
    value,
    span: stream.spanFrom(current.start),
  } satisfies NamedArgument;
}

function parseArgumentValue(grammar: Grammar): Expression {
  const { stream } = grammar;
  const { start, lexeme } = stream.current;
  switch (lexeme) {
    case "default":
      stream.next();
      return { kind: "default", span: stream.spanFrom(start) };
    case "table":
      stream.next();
      return parseTableTail(grammar, stream.qualifiedName("a table's name"), start);
    case "cursor":
      return parseCursor(grammar, start);
    case "descriptor":
      return stream.peek(1).lexeme === "(" ? parseDescriptor(grammar, start) : parseOperand(grammar);
    case "model": {
      if (!stream.atIdentifier(1)) {
        return parseOperand(grammar);
      }
      stream.next();
      const name = stream.qualifiedName("a model's name");
      return { kind: "model-argument", name, span: stream.spanFrom(start) };
    }
    default:
      return parseOperand(grammar);
  }
}

/** An expression; a query or a name with PARTITION BY or ORDER BY behind it is a table. */
function parseOperand(grammar: Grammar): Expression {
  const { stream } = grammar;
  const value = grammar.expression();
  const { start } = value.span;
  if (value.kind === "scalar-query" && (stream.at("partition", "by") || stream.at("order", "by"))) {
    return parseTableTail(grammar, value.query, start);
  }
  if (value.kind === "reference" && stream.at("partition", "by")) {
    return parseTableTail(grammar, { parts: value.parts, span: value.span }, start);
  }
  return value;
}

// DESCRIPTOR ( name, ... )
function parseDescriptor({ stream }: Grammar, start: number): Expression {
  stream.expect("descriptor");
  const columns = stream.nameList();
  return { kind: "descriptor", columns, span: stream.spanFrom(start) };
}

// CURSOR ( query )
function parseCursor(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  stream.expect("cursor", "(");
  const query = grammar.query();
  stream.expect(")");
  return { kind: "table-argument", table: query, partitionBy: [], orderBy: [], span: stream.spanFrom(start) };
}

// table [PARTITION BY column | (columns)] [ORDER BY item | (items)]
function parseTableTail(
  grammar: Grammar,
  table: (Expression & { kind: "table-argument" })["table"],
  start: number,
): Expression {
  const { stream } = grammar;
  let partitionBy: readonly Expression[] = [];
  if (stream.accept("partition", "by")) {
    partitionBy = inBrackets(grammar, () => grammar.expression());
  }
  let orderBy: readonly SortItem[] = [];
  if (stream.accept("order", "by")) {
    orderBy = inBrackets(grammar, () => grammar.sortItem());
  }
  return { kind: "table-argument", table, partitionBy, orderBy, span: stream.spanFrom(start) };
}

/** One item, or several in brackets: a comma outside of them ends the argument. */
function inBrackets<T>({ stream }: Grammar, item: () => T): readonly T[] {
  if (!stream.accept("(")) {
    return [item()];
  }
  const items = stream.list(item);
  stream.expect(")");
  return items;
}
