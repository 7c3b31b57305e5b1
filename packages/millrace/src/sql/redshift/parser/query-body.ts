import type { CommonTable, Expression, Query, QueryBody, SetOperation, SortItem, With } from "../ast/tree.ts";
import { atQuery, type Grammar } from "./grammar.ts";
import { parseSelect } from "./select.ts";

// [WITH ...] body [ORDER BY ...] [LIMIT ...] [OFFSET ...] [FOR UPDATE]
export function parseWholeQuery(grammar: Grammar): Query {
  const { stream } = grammar;
  const height = stream.enter();
  const { start } = stream.current;
  const query = parseQueryWith(grammar, parseWith(grammar), start);
  stream.leave(height);
  return query;
}

/** Goes on behind WITH, which began at `start`. */
export function parseQueryWith(grammar: Grammar, common: With | undefined, start: number): Query {
  const bodyStart = grammar.stream.current.start;
  const body = parseSetOperations(grammar, parseOperand(grammar), bodyStart);
  return parseTail(grammar, common, body, start);
}

/** Goes on behind a query in brackets. */
export function parseQueryAfter(grammar: Grammar, first: Query, start: number): Query {
  const body = parseSetOperations(grammar, asOperand(first), start);
  return parseTail(grammar, undefined, body, start);
}

// WITH [RECURSIVE] name [(columns)] AS (query), ...
export function parseWith(grammar: Grammar): With | undefined {
  const { stream } = grammar;
  if (!stream.accept("with")) {
    return undefined;
  }
  const recursive = stream.accept("recursive");
  const items = stream.list((): CommonTable => {
    const name = stream.identifier();
    const columns = stream.at("(") ? stream.columnList() : [];
    stream.expect("as", "(");
    const query = grammar.query();
    stream.expect(")");
    return { name, columns, query };
  });
  return { recursive, items };
}

/** A query without clauses of its own is its body; any other is kept together. */
function asOperand(query: Query): QueryBody {
  const plain =
    query.with === undefined &&
    query.orderBy.length === 0 &&
    query.limit === undefined &&
    query.offset === undefined &&
    !query.forUpdate;
  return plain ? query.body : { kind: "nested", query, span: query.span };
}

function parseOperand(grammar: Grammar): QueryBody {
  const { stream } = grammar;
  if (!stream.accept("(")) {
    return parseSelect(grammar);
  }
  if (!stream.at("(") && !atQuery(stream)) {
    throw stream.syntaxError();
  }
  const query = grammar.query();
  stream.expect(")");
  return asOperand(query);
}

/** UNION and EXCEPT to the left; INTERSECT binds more tightly. */
function parseSetOperations(grammar: Grammar, first: QueryBody, start: number): QueryBody {
  const { stream } = grammar;
  let left = parseIntersections(grammar, first, start);
  for (;;) {
    const operator = stream.acceptAny("union", "except", "minus");
    if (operator === undefined) {
      return left;
    }
    const all = parseAll(grammar);
    const operandStart = stream.current.start;
    const right = parseIntersections(grammar, parseOperand(grammar), operandStart);
    const span = stream.spanFrom(start);
    const name = operator === "union" ? "union" : "except";
    left = { kind: "set-operation", operator: name, all, left, right, span } satisfies SetOperation;
    stream.deepen();
  }
}

function parseIntersections(grammar: Grammar, first: QueryBody, start: number): QueryBody {
  const { stream } = grammar;
  let left = first;
  while (stream.accept("intersect")) {
    const all = parseAll(grammar);
    const right = parseOperand(grammar);
    left = { kind: "set-operation", operator: "intersect", all, left, right, span: stream.spanFrom(start) };
    stream.deepen();
  }
  return left;
}

function parseAll({ stream }: Grammar): boolean {
  return stream.acceptAny("all", "distinct") === "all";
}

interface Limits {
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
}

function parseTail(grammar: Grammar, common: With | undefined, body: QueryBody, start: number): Query {
  const { stream } = grammar;
  const ordered = stream.accept("order");
  const siblings = ordered && stream.accept("siblings");
  const orderBy = ordered ? parseOrder(grammar) : [];
  const { limit, offset } = parseLimits(grammar);
  const forUpdate = parseForUpdate(grammar);
  const span = stream.spanFrom(start);
  const plain = orderBy.length === 0 && limit === undefined && offset === undefined && !forUpdate;
  if (plain && common === undefined && body.kind === "nested") {
    return body.query;
  }
  return { kind: "query", with: common, body, orderBy, siblings, limit, offset, forUpdate, span };
}

function parseOrder(grammar: Grammar): SortItem[] {
  grammar.stream.expect("by");
  return grammar.sortItems();
}

// FOR UPDATE [OF table, ...]
function parseForUpdate({ stream }: Grammar): boolean {
  if (!stream.accept("for")) {
    return false;
  }
  stream.expect("update");
  if (stream.accept("of")) {
    stream.list(() => stream.identifier());
  }
  return true;
}

// LIMIT { n | ALL } and OFFSET m, in either order
function parseLimits(grammar: Grammar): Limits {
  const { stream } = grammar;
  const early = parseOffset(grammar);
  const limit = stream.accept("limit") && !stream.accept("all") ? grammar.expression() : undefined;
  return { limit, offset: early ?? parseOffset(grammar) };
}

function parseOffset(grammar: Grammar): Expression | undefined {
  return grammar.stream.accept("offset") ? grammar.expression() : undefined;
}
