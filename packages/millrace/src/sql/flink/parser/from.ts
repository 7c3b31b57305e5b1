import type { Call, Expression, FromItem, Join, Query } from "../ast/tree.ts";
import { parseAlias } from "./alias.ts";
import { atFunctionWord } from "./expression-primary.ts";
import { atQuery, atQueryTail, type Grammar } from "./grammar.ts";
import { parseHints } from "./hint.ts";
import { parseMatchRecognize } from "./match-recognize.ts";
import type { TokenStream } from "./token-stream.ts";

/** What stands behind FROM. */
export const parseFromItems = (grammar: Grammar): readonly FromItem[] =>
  grammar.stream.list(() => parseJoined(grammar));

function parseJoined(grammar: Grammar): FromItem {
  const { start } = grammar.stream.current;
  return parseJoins(grammar, parseItem(grammar), start);
}

/** Joins to the left. */
function parseJoins(grammar: Grammar, first: FromItem, start: number): FromItem {
  const { stream } = grammar;
  let left = first;
  for (;;) {
    const natural = stream.accept("natural");
    const type = acceptJoinType(stream);
    if (type === undefined) {
      if (natural) {
        throw stream.syntaxError("JOIN");
      }
      return left;
    }
    const right = parseItem(grammar);
    const conditions = natural || type === "cross" ? { on: undefined, using: [] } : parseCondition(grammar);
    left = { kind: "join", type, natural, left, right, ...conditions, span: stream.spanFrom(start) };
    stream.deepen();
  }
}

// [INNER] JOIN | LEFT|RIGHT|FULL [OUTER] JOIN | CROSS JOIN
function acceptJoinType(stream: TokenStream): Join["type"] | undefined {
  if (stream.accept("join") || stream.accept("inner", "join")) {
    return "inner";
  }
  if (stream.accept("cross", "join")) {
    return "cross";
  }
  const side = stream.acceptAny("left", "right", "full");
  if (side !== undefined) {
    stream.accept("outer");
    stream.expect("join");
  }
  return side;
}

/** Without ON and USING, `CROSS` was left out: `JOIN UNNEST(...)`, `JOIN LATERAL TABLE(...)`. */
function parseCondition(grammar: Grammar): Pick<Join, "on" | "using"> {
  const { stream } = grammar;
  if (stream.accept("on")) {
    return { on: grammar.expression(), using: [] };
  }
  return { on: undefined, using: stream.accept("using") ? stream.nameList() : [] };
}

/** One table, with its alias and MATCH_RECOGNIZE. */
function parseItem(grammar: Grammar): FromItem {
  const { stream } = grammar;
  const { start } = stream.current;
  const item = parsePrimaryItem(grammar, start);
  return stream.at("match_recognize") ? parseMatchRecognize(grammar, item, start) : item;
}

function parsePrimaryItem(grammar: Grammar, start: number): FromItem {
  const { stream } = grammar;
  const lateral = stream.accept("lateral");
  switch (stream.current.lexeme) {
    case "(":
      return parseBracketed(grammar, lateral, start);
    case "unnest":
      return parseUnnest(grammar, start);
    case "table":
      return parseTableFunction(grammar, lateral, start);
    default:
      break;
  }
  if (atFunctionWord(stream) || atFunctionName(stream)) {
    const call = tableCall(grammar.call());
    return { kind: "function", call, lateral, ...parseAlias(stream, start) };
  }
  if (lateral) {
    throw stream.syntaxError("TABLE or a bracket");
  }
  return parseTable(grammar, start);
}

/** A bracket behind a name with dots. */
function atFunctionName(stream: TokenStream): boolean {
  let distance = 0;
  while (stream.peek(distance + 1).lexeme === "." && distance < MAX_NAME_TOKENS) {
    distance += 2;
  }
  return stream.atIdentifier(0) && stream.peek(distance + 1).lexeme === "(";
}

/** Of a function's name: more dots are no function. */
const MAX_NAME_TOKENS = 16;

// name [hints] [FOR SYSTEM_TIME AS OF expression] [[AS] alias [(columns)]]
function parseTable(grammar: Grammar, start: number): FromItem {
  const { stream } = grammar;
  const name = stream.qualifiedName("a table's name");
  const hints = parseHints(stream);
  const systemTime = stream.accept("for", "system_time", "as", "of") ? grammar.expression() : undefined;
  const over = stream.dialect.retired && stream.accept("over") ? grammar.window() : undefined;
  return { kind: "table", name, hints, systemTime, over, ...parseAlias(stream, start) };
}

// TABLE ( function(...) ), TABLE ( name ), TABLE name
function parseTableFunction(grammar: Grammar, lateral: boolean, start: number): FromItem {
  const { stream } = grammar;
  stream.expect("table");
  if (!stream.accept("(")) {
    return parseTable(grammar, start);
  }
  if (!atFunctionWord(stream) && !atFunctionName(stream)) {
    throw stream.syntaxError("a function");
  }
  const call = tableCall(grammar.call());
  stream.expect(")");
  return { kind: "function", call, lateral, ...parseAlias(stream, start) };
}

/** A query as an argument of a table function is a table. */
function tableCall(call: Call): Call {
  return { ...call, arguments: call.arguments.map(tableOf) };
}

function tableOf(argument: Expression): Expression {
  switch (argument.kind) {
    case "scalar-query":
      return {
        kind: "table-argument",
        table: argument.query,
        partitionBy: [],
        orderBy: [],
        span: argument.span,
      };
    case "named-argument":
      return { ...argument, value: tableOf(argument.value) };
    default:
      return argument;
  }
}

// UNNEST ( expression, ... ) [WITH ORDINALITY] [[AS] alias [(columns)]]
function parseUnnest(grammar: Grammar, start: number): FromItem {
  const { stream } = grammar;
  stream.expect("unnest", "(");
  const expressions = stream.list(() => grammar.expression());
  stream.expect(")");
  const withOrdinality = stream.accept("with", "ordinality");
  return { kind: "unnest", expressions, withOrdinality, ...parseAlias(stream, start) };
}

/** `(SELECT ...) alias`, or joined tables in brackets. */
function parseBracketed(grammar: Grammar, lateral: boolean, start: number): FromItem {
  const { stream } = grammar;
  const inner = parseInBrackets(grammar);
  if (inner.kind === "query") {
    return { kind: "subquery", query: inner, lateral, ...parseAlias(stream, start) };
  }
  if (lateral) {
    throw stream.error("42601", "syntax error: expected a query behind LATERAL", start);
  }
  return inner;
}

/** A query or joined tables, with brackets around them. Only what follows tells which `((SELECT ...)` begins. */
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
    const inner = stream.at("(") ? parseInBrackets(grammar) : parseItem(grammar);
    if (inner.kind === "query" && (stream.at(")") || atQueryTail(stream))) {
      const query = stream.at(")") ? inner : grammar.queryAfter(inner, start);
      stream.expect(")");
      return query;
    }
    const first: FromItem =
      inner.kind === "query"
        ? { kind: "subquery", query: inner, lateral: false, ...parseAlias(stream, start) }
        : inner;
    const item = parseJoins(grammar, first, start);
    stream.expect(")");
    return item;
  });
}
