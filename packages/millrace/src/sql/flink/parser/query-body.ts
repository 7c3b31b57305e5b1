import type { CommonTable, Expression, Query, QueryBody, SetOperation } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";
import { parseSelect } from "./select.ts";

// [WITH ...] body [ORDER BY ...] [LIMIT ...] [OFFSET ...] [FETCH ...]
export function parseWholeQuery(grammar: Grammar): Query {
  const { stream } = grammar;
  const height = stream.enter();
  const { start } = stream.current;
  const recursive = stream.at("with", "recursive");
  const common = parseWith(grammar);
  const bodyStart = stream.current.start;
  const body = parseSetOperations(grammar, parseOperand(grammar), bodyStart);
  const query = parseTail(grammar, common, recursive, body, start);
  stream.leave(height);
  return query;
}

/** Goes on behind a query in brackets. */
export function parseQueryAfter(grammar: Grammar, first: Query, start: number): Query {
  const body = parseSetOperations(grammar, asOperand(first), start);
  return parseTail(grammar, [], false, body, start);
}

// WITH [RECURSIVE] name [(columns)] AS (query), ...
function parseWith(grammar: Grammar): readonly CommonTable[] {
  const { stream } = grammar;
  if (!stream.accept("with")) {
    return [];
  }
  stream.accept("recursive");
  return stream.list((): CommonTable => {
    const name = stream.identifier("a name");
    const columns = stream.at("(") ? stream.nameList() : [];
    stream.expect("as", "(");
    const query = grammar.query();
    stream.expect(")");
    return { name, columns, query };
  });
}

/** A query without clauses of its own is its body; any other is kept together. */
function asOperand(query: Query): QueryBody {
  const plain =
    query.with.length === 0 &&
    query.orderBy.length === 0 &&
    query.limit === undefined &&
    query.offset === undefined;
  return plain ? query.body : { kind: "nested", query, span: query.span };
}

// SELECT ... | VALUES row, ... | TABLE name | ( query )
function parseOperand(grammar: Grammar): QueryBody {
  const { stream } = grammar;
  const { start, lexeme } = stream.current;
  switch (lexeme) {
    case "select":
      return parseSelect(grammar);
    case "values": {
      stream.next();
      const rows = stream.list(() => rowOf(grammar.expression()));
      return { kind: "values", rows, span: stream.spanFrom(start) };
    }
    case "table": {
      stream.next();
      const name = stream.qualifiedName("a table's name");
      return { kind: "explicit-table", name, span: stream.spanFrom(start) };
    }
    case "(": {
      stream.next();
      const query = grammar.query();
      stream.expect(")");
      return asOperand(query);
    }
    default:
      throw stream.syntaxError("SELECT, VALUES, WITH or a query in brackets");
  }
}

/** `(a, b)`, `ROW(a, b)`; a value by itself is a row of one column. */
const rowOf = (expression: Expression): readonly Expression[] =>
  expression.kind === "row" ? expression.items : [expression];

/** UNION and EXCEPT to the left; INTERSECT binds more tightly. */
function parseSetOperations(grammar: Grammar, first: QueryBody, start: number): QueryBody {
  const { stream } = grammar;
  let left = parseIntersections(grammar, first, start);
  for (;;) {
    const word = stream.acceptAny("union", "except", "minus");
    if (word === undefined) {
      return left;
    }
    const all = stream.acceptAny("all", "distinct") === "all";
    const rightStart = stream.current.start;
    const right = parseIntersections(grammar, parseOperand(grammar), rightStart);
    const operator: SetOperation["operator"] = word === "union" ? "union" : "except";
    left = { kind: "set-operation", operator, all, left, right, span: stream.spanFrom(start) };
    stream.deepen();
  }
}

function parseIntersections(grammar: Grammar, first: QueryBody, start: number): QueryBody {
  const { stream } = grammar;
  let left = first;
  while (stream.accept("intersect")) {
    const all = stream.acceptAny("all", "distinct") === "all";
    const right = parseOperand(grammar);
    left = { kind: "set-operation", operator: "intersect", all, left, right, span: stream.spanFrom(start) };
    stream.deepen();
  }
  return left;
}

function parseTail(
  grammar: Grammar,
  common: readonly CommonTable[],
  recursive: boolean,
  body: QueryBody,
  start: number,
): Query {
  const { stream } = grammar;
  const orderBy = stream.accept("order", "by") ? grammar.sortItems() : [];
  const { offset, limit } = parseLimits(grammar);
  return {
    kind: "query",
    with: common,
    recursive,
    body,
    orderBy,
    offset,
    limit,
    span: stream.spanFrom(start),
  };
}

// [LIMIT n | ALL] [OFFSET n [ROW|ROWS]] [FETCH FIRST|NEXT n ROW|ROWS ONLY]
function parseLimits(grammar: Grammar): Pick<Query, "offset" | "limit"> {
  const { stream } = grammar;
  let limit: Expression | undefined;
  let offset: Expression | undefined;
  const limited = stream.accept("limit");
  if (limited && !stream.accept("all")) {
    limit = parseCount(grammar);
  }
  if (stream.accept("offset")) {
    offset = parseCount(grammar);
    stream.acceptAny("row", "rows");
  }
  if (!limited && stream.accept("fetch")) {
    stream.expectAny("first", "next");
    limit = parseCount(grammar);
    stream.expectAny("row", "rows");
    stream.expect("only");
  }
  if (!limited && limit === undefined && stream.accept("limit") && !stream.accept("all")) {
    limit = parseCount(grammar);
  }
  return { limit, offset };
}

function parseCount({ stream }: Grammar): Expression {
  const { start } = stream.current;
  const text = String(stream.integer());
  return { kind: "number", text, span: stream.spanFrom(start) };
}
