import type { Identifier } from "../ast/name.ts";
import type { Expression, FromItem, Join, Query } from "../ast/tree.ts";
import { acceptAlias } from "./alias.ts";
import { parseFunctionItem, parsePivots } from "./from-item.ts";
import { isPathFrom } from "./from-path.ts";
import { atQuery, atQueryTail, type Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** What stands behind FROM. */
export function parseFrom(grammar: Grammar): readonly FromItem[] {
  return grammar.stream.list(() => parseFromItem(grammar));
}

/** A table, or what stands for one, with all that is joined to it. */
export function parseFromItem(grammar: Grammar): FromItem {
  const { stream } = grammar;
  const height = stream.enter();
  const { start } = stream.current;
  const item = parseJoins(grammar, parsePrimary(grammar), start);
  stream.leave(height);
  return item;
}

function parseJoins(grammar: Grammar, first: FromItem, start: number): FromItem {
  let left = first;
  while (joinType(grammar) !== undefined) {
    left = parseJoin(grammar, left, start);
    grammar.stream.deepen();
  }
  return left;
}

/** The join that follows; nothing is read. */
function joinType({ stream }: Grammar): Join["type"] | "natural" | undefined {
  switch (stream.current.lexeme) {
    case "join":
    case "inner":
      return "inner";
    case "left":
    case "right":
    case "full":
    case "cross":
    case "natural":
      return stream.current.lexeme;
    default:
      return undefined;
  }
}

// CROSS JOIN item | NATURAL [type] JOIN item | [type] JOIN item { ON condition | USING (columns) }
function parseJoin(grammar: Grammar, left: FromItem, start: number): FromItem {
  const { stream } = grammar;
  const natural = stream.accept("natural");
  const type = (joinType(grammar) ?? "inner") as Join["type"];
  if (!stream.at("join")) {
    stream.next();
    if (type === "left" || type === "right" || type === "full") {
      stream.accept("outer");
    }
  }
  stream.expect("join");
  const rightStart = stream.current.start;
  let right = parsePrimary(grammar);
  if (natural || type === "cross") {
    return {
      kind: "join",
      type,
      natural,
      left,
      right,
      on: undefined,
      using: [],
      span: stream.spanFrom(start),
    };
  }
  const unnests = isPathFrom(left, right);
  // `a join b join c on ... on ...`: the condition of the first join stands behind the second join.
  if (!unnests && joinType(grammar) !== undefined) {
    right = stream.nested(() => parseJoins(grammar, right, rightStart));
  }
  if (stream.accept("using")) {
    const using = parseUsing(grammar);
    return { kind: "join", type, natural, left, right, on: undefined, using, span: stream.spanFrom(start) };
  }
  const on = unnests && !stream.at("on") ? always(stream) : parseCondition(grammar);
  return { kind: "join", type, natural, left, right, on, using: [], span: stream.spanFrom(start) };
}

function parseCondition(grammar: Grammar): Expression {
  grammar.stream.expect("on");
  return grammar.expression();
}

function parseUsing({ stream }: Grammar): readonly Identifier[] {
  stream.expect("(");
  const columns = stream.list(() => stream.columnName());
  stream.expect(")");
  return columns;
}

/** Joins with an array need no condition: all elements of a row's array belong to it. */
function always(stream: TokenStream): Expression {
  const end = stream.previousEnd;
  return { kind: "boolean", value: true, span: { start: end, end } };
}

function parsePrimary(grammar: Grammar): FromItem {
  const { stream } = grammar;
  const { start } = stream.current;
  if (stream.at("unpivot")) {
    return parseObjectUnpivot(grammar);
  }
  const lateral = stream.accept("lateral");
  if (lateral && !stream.at("(")) {
    throw stream.syntaxError();
  }
  const item = stream.at("(") ? parseBracketed(grammar, lateral) : parseNamed(grammar);
  return parsePivots(grammar, item, start);
}

// UNPIVOT expression AS value [AT attribute]
function parseObjectUnpivot(grammar: Grammar): FromItem {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("unpivot");
  const expression = grammar.primary();
  stream.expect("as");
  const value = stream.label();
  const attribute = stream.accept("at") ? stream.identifier() : undefined;
  return { kind: "object-unpivot", expression, value, attribute, span: stream.spanFrom(start) };
}

function parseNamed(grammar: Grammar): FromItem {
  const { stream } = grammar;
  const { start } = stream.current;
  if (stream.peek(1).lexeme === "(" && !stream.atTemporaryName()) {
    return parseFunctionItem(grammar);
  }
  const name = stream.qualifiedName();
  if (stream.at("(")) {
    return parseFunctionItem(grammar, name);
  }
  // PostgreSQL's mark for inheriting tables, which Redshift does not have, means nothing.
  stream.accept("*");
  if (stream.at("[")) {
    const reference: Expression = { kind: "reference", parts: name.parts, span: name.span };
    const expression = parsePath(grammar, reference, start);
    const named = parseAliasAt(grammar);
    return { kind: "path", expression, ...named, span: stream.spanFrom(start) };
  }
  const named = parseAliasAt(grammar);
  return { kind: "table", name, ...named, span: stream.spanFrom(start) };
}

/** `[0].items[1]` behind a name. */
function parsePath(grammar: Grammar, base: Expression, start: number): Expression {
  const { stream } = grammar;
  let result = base;
  for (;;) {
    if (stream.accept("[")) {
      const index = grammar.expression();
      stream.expect("]");
      result = { kind: "subscript", base: result, index, span: stream.spanFrom(start) };
    } else if (stream.accept(".")) {
      result = { kind: "field", base: result, name: stream.label(), span: stream.spanFrom(start) };
    } else {
      return result;
    }
    stream.deepen();
  }
}

// [[AS] alias [(columns)]] [AT position]
function parseAliasAt(grammar: Grammar): Pick<FromItem & { kind: "table" }, "alias" | "columns" | "at"> {
  const { stream } = grammar;
  const alias = acceptAlias(stream);
  const columns = alias !== undefined && stream.at("(") ? stream.columnList() : [];
  const at = stream.accept("at") ? stream.identifier() : undefined;
  return { alias, columns, at };
}

/** `(select ...) alias`, or joined tables in brackets. */
function parseBracketed(grammar: Grammar, lateral: boolean): FromItem {
  const { stream } = grammar;
  const { start } = stream.current;
  const inner = parseInBrackets(grammar);
  if (inner.kind !== "query") {
    return lateral ? failAt(grammar, start) : aliasJoin(grammar, inner, start);
  }
  const alias = acceptAlias(stream);
  const columns = alias !== undefined && stream.at("(") ? stream.columnList() : [];
  return { kind: "subquery", query: inner, lateral, alias, columns, span: stream.spanFrom(start) };
}

function failAt({ stream }: Grammar, start: number): never {
  throw stream.error("42601", 'syntax error at or near "("', start);
}

/** A query or joined tables, with brackets around them. Only what follows tells which `((select ...)` begins. */
function parseInBrackets(grammar: Grammar): Query | FromItem {
  const { stream } = grammar;
  return stream.nested(() => {
    stream.expect("(");
    const { start } = stream.current;
    if (atQuery(stream)) {
      const query = grammar.query();
      stream.expect(")");
      return query;
    }
    const inner = stream.at("(") ? parseInBrackets(grammar) : parsePrimary(grammar);
    if (inner.kind === "query" && (stream.at(")") || atQueryTail(stream))) {
      const query = stream.at(")") ? inner : grammar.queryAfter(inner, start);
      stream.expect(")");
      return query;
    }
    const first = inner.kind === "query" ? subqueryItem(grammar, inner, start) : inner;
    const item = parseJoins(grammar, parsePivots(grammar, first, start), start);
    if (item.kind !== "join") {
      throw stream.syntaxError();
    }
    stream.expect(")");
    return item;
  });
}

function subqueryItem(grammar: Grammar, query: Query, start: number): FromItem {
  const { stream } = grammar;
  const alias = acceptAlias(stream);
  const columns = alias !== undefined && stream.at("(") ? stream.columnList() : [];
  return { kind: "subquery", query, lateral: false, alias, columns, span: stream.spanFrom(start) };
}

/** `(a join b on ...) as j` is a subquery of all columns. */
function aliasJoin(grammar: Grammar, join: FromItem, start: number): FromItem {
  const { stream } = grammar;
  const alias = acceptAlias(stream);
  if (alias === undefined) {
    return join;
  }
  const columns = stream.at("(") ? stream.columnList() : [];
  const { span } = join;
  const query: Query = {
    kind: "query",
    with: undefined,
    body: {
      kind: "select",
      distinct: false,
      distinctOn: [],
      top: undefined,
      items: [{ expression: { kind: "star", qualifier: [], exclude: [], span }, alias: undefined }],
      into: undefined,
      from: [join],
      where: undefined,
      connectBy: undefined,
      groupBy: [],
      groupByAll: false,
      having: undefined,
      qualify: undefined,
      span,
    },
    orderBy: [],
    siblings: false,
    limit: undefined,
    offset: undefined,
    forUpdate: false,
    span,
  };
  return { kind: "subquery", query, lateral: false, alias, columns, span: stream.spanFrom(start) };
}
