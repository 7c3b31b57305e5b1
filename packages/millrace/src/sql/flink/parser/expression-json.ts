import type { Expression, JsonBehavior, JsonCall } from "../ast/tree.ts";
import { parseDataType } from "./data-type.ts";
import { parseFilter } from "./expression-call.ts";
import type { Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

type Clauses = Partial<Omit<JsonCall, "kind" | "function" | "span" | "filter">>;

/** A JSON function with clauses of its own; undefined for all other words. */
export function parseJsonCall(grammar: Grammar): Expression | undefined {
  const { stream } = grammar;
  switch (stream.current.lexeme) {
    case "json_exists":
      return finish(grammar, "json_exists", parseExistsClauses);
    case "json_value":
      return finish(grammar, "json_value", parseValueClauses);
    case "json_query":
      return finish(grammar, "json_query", parseQueryClauses);
    case "json_object":
      return finish(grammar, "json_object", parseObject);
    case "json_objectagg":
      return finish(grammar, "json_objectagg", parseObject);
    case "json_array":
      return finish(grammar, "json_array", parseArray);
    case "json_arrayagg":
      return finish(grammar, "json_arrayagg", parseArray);
    default:
      return undefined;
  }
}

function finish(
  grammar: Grammar,
  name: JsonCall["function"],
  parse: (grammar: Grammar) => Clauses,
): JsonCall {
  const { stream } = grammar;
  const height = stream.enter();
  const { start } = stream.next();
  stream.expect("(");
  const clauses = parse(grammar);
  stream.expect(")");
  const filter = parseFilter(grammar);
  stream.leave(height);
  return {
    kind: "json-call",
    function: name,
    arguments: clauses.arguments ?? [],
    entries: clauses.entries ?? [],
    returning: clauses.returning,
    wrapper: clauses.wrapper,
    onEmpty: clauses.onEmpty,
    onError: clauses.onError,
    onNull: clauses.onNull,
    filter,
    span: stream.spanFrom(start),
  };
}

/** The document and the path. */
function parseSubject(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  const document = grammar.expression();
  stream.accept("format", "json");
  stream.expect(",");
  return [document, grammar.expression()];
}

// JSON_EXISTS ( document, path [TRUE|FALSE|UNKNOWN|ERROR ON ERROR] )
function parseExistsClauses(grammar: Grammar): Clauses {
  const { stream } = grammar;
  const subject = parseSubject(grammar);
  const kind = stream.acceptAny("true", "false", "unknown", "error");
  if (kind === undefined) {
    return { arguments: subject };
  }
  stream.expect("on", "error");
  return { arguments: subject, onError: { kind } };
}

// JSON_VALUE ( document, path [RETURNING type] [behavior ON EMPTY] [behavior ON ERROR] )
function parseValueClauses(grammar: Grammar): Clauses {
  const subject = parseSubject(grammar);
  const returning = parseReturning(grammar.stream);
  return { arguments: subject, returning, ...parseBehaviors(grammar, valueBehavior) };
}

// JSON_QUERY ( document, path [RETURNING type] [wrapper] [behavior ON EMPTY] [behavior ON ERROR] )
function parseQueryClauses(grammar: Grammar): Clauses {
  const subject = parseSubject(grammar);
  const returning = parseReturning(grammar.stream);
  const wrapper = parseWrapper(grammar.stream);
  return { arguments: subject, returning, wrapper, ...parseBehaviors(grammar, queryBehavior) };
}

const parseReturning = (stream: TokenStream): JsonCall["returning"] =>
  stream.accept("returning") ? parseDataType(stream) : undefined;

// WITHOUT [ARRAY] WRAPPER | WITH [CONDITIONAL|UNCONDITIONAL] [ARRAY] WRAPPER
function parseWrapper(stream: TokenStream): JsonCall["wrapper"] {
  const word = stream.acceptAny("without", "with");
  if (word === undefined) {
    return undefined;
  }
  const kind = word === "with" ? stream.acceptAny("conditional", "unconditional") : undefined;
  stream.accept("array");
  stream.expect("wrapper");
  return word === "without" ? "without" : (kind ?? "unconditional");
}

function parseBehaviors(
  grammar: Grammar,
  behavior: (grammar: Grammar) => JsonBehavior | undefined,
): Pick<Clauses, "onEmpty" | "onError"> {
  const { stream } = grammar;
  const found: { onEmpty?: JsonBehavior; onError?: JsonBehavior } = {};
  for (let value = behavior(grammar); value !== undefined; value = behavior(grammar)) {
    stream.expect("on");
    const place = stream.current;
    const event = stream.expectAny("empty", "error");
    const repeated = event === "empty" ? found.onEmpty !== undefined : found.onError !== undefined;
    if (repeated || (event === "empty" && found.onError !== undefined)) {
      throw stream.syntaxError('")"', place);
    }
    if (event === "empty") {
      found.onEmpty = value;
    } else {
      found.onError = value;
    }
  }
  return found;
}

function valueBehavior(grammar: Grammar): JsonBehavior | undefined {
  const kind = grammar.stream.acceptAny("null", "error", "default");
  if (kind === undefined || kind !== "default") {
    return kind === undefined ? undefined : { kind };
  }
  return { kind, value: grammar.expression() };
}

function queryBehavior({ stream }: Grammar): JsonBehavior | undefined {
  if (stream.accept("empty")) {
    return { kind: `empty ${stream.expectAny("array", "object")}` };
  }
  const kind = stream.acceptAny("null", "error");
  return kind === undefined ? undefined : { kind };
}

// [[KEY] key VALUE value | key : value], ... [NULL|ABSENT ON NULL]
function parseObject(grammar: Grammar): Clauses {
  const { stream } = grammar;
  const entries = stream.at(")") || atNullClause(stream) ? [] : stream.list(() => parseEntry(grammar));
  return { entries, onNull: parseNullClause(stream) };
}

function parseEntry(grammar: Grammar): { key: Expression; value: Expression } {
  const { stream } = grammar;
  if (stream.at("key") && stream.peek(1).lexeme !== "value" && stream.peek(1).lexeme !== ".") {
    stream.expect("key");
  }
  const key = grammar.expression();
  if (!stream.accept("value")) {
    stream.expect(":");
  }
  const value = grammar.expression();
  stream.accept("format", "json");
  return { key, value };
}

// [element, ...] [NULL|ABSENT ON NULL]
function parseArray(grammar: Grammar): Clauses {
  const { stream } = grammar;
  const none = stream.at(")") || atNullClause(stream);
  const items = none ? [] : stream.list(() => grammar.expression());
  stream.accept("format", "json");
  return { arguments: items, onNull: parseNullClause(stream) };
}

const atNullClause = (stream: TokenStream): boolean =>
  stream.at("null", "on", "null") || stream.at("absent", "on", "null");

function parseNullClause(stream: TokenStream): "null" | "absent" | undefined {
  const word = stream.acceptAny("null", "absent");
  if (word !== undefined) {
    stream.expect("on", "null");
  }
  return word;
}
