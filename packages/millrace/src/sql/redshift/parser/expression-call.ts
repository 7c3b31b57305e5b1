import type { Identifier, QualifiedName } from "../ast/name.ts";
import type { Call, Expression, SortItem } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** A call of an ordinary function, behind its name. */
export function parseCall(grammar: Grammar, parts: readonly Identifier[], start: number): Call {
  const { stream } = grammar;
  const name: QualifiedName = { parts, span: { start, end: stream.previousEnd } };
  stream.expect("(");
  const given = parseArguments(grammar);
  stream.expect(")");
  return finishCall(grammar, { ...given, name }, start);
}

interface Given {
  readonly arguments: readonly Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly nulls: Call["nulls"];
}

// [DISTINCT | ALL] a, b [IGNORE NULLS | RESPECT NULLS], or *, or nothing
function parseArguments(grammar: Grammar): Given {
  const { stream } = grammar;
  if (stream.at(")")) {
    return { arguments: [], star: false, distinct: false, nulls: undefined };
  }
  if (stream.accept("*")) {
    return { arguments: [], star: true, distinct: false, nulls: undefined };
  }
  const distinct = stream.accept("distinct");
  if (!distinct) {
    stream.accept("all");
  }
  const items = stream.list(() => grammar.expression());
  return { arguments: items, star: false, distinct, nulls: parseNulls(stream) };
}

function parseNulls(stream: TokenStream): Call["nulls"] {
  if (stream.accept("ignore", "nulls")) {
    return "ignore";
  }
  return stream.accept("respect", "nulls") ? "respect" : undefined;
}

/** What may stand behind a call's closing bracket. */
function finishCall(grammar: Grammar, given: Given & { readonly name: QualifiedName }, start: number): Call {
  const { stream } = grammar;
  let withinGroup: readonly SortItem[] | undefined;
  if (stream.accept("within", "group")) {
    stream.expect("(", "order", "by");
    withinGroup = grammar.sortItems();
    stream.expect(")");
  }
  const nulls = given.nulls ?? parseNulls(stream);
  const over = stream.at("over", "(") ? grammar.window() : undefined;
  return {
    kind: "call",
    name: given.name,
    arguments: given.arguments,
    star: given.star,
    distinct: given.distinct,
    approximate: false,
    withinGroup,
    nulls,
    over,
    span: stream.spanFrom(start),
  };
}

/** A call that a special form stands for. */
export function specialCall(
  stream: TokenStream,
  name: string,
  nameEnd: number,
  items: readonly Expression[],
  start: number,
): Call {
  const span = { start, end: nameEnd };
  return {
    kind: "call",
    name: { parts: [{ name, quoted: false, span }], span },
    arguments: items,
    star: false,
    distinct: false,
    approximate: false,
    withinGroup: undefined,
    nulls: undefined,
    over: undefined,
    span: stream.spanFrom(start),
  };
}

/** `array[a, b]` and `array(select ...)` of the leader node: calls of `array[]`, which no function is named. */
export function parseArray(grammar: Grammar, start: number): Call {
  const { stream } = grammar;
  const nameEnd = stream.previousEnd;
  if (stream.accept("(")) {
    const { start: inner } = stream.current;
    const query = grammar.query();
    stream.expect(")");
    const scalar: Expression = { kind: "scalar-query", query, span: stream.spanFrom(inner - 1) };
    return specialCall(stream, "array[]", nameEnd, [scalar], start);
  }
  stream.expect("[");
  const items = stream.at("]") ? [] : stream.list(() => grammar.expression());
  stream.expect("]");
  return specialCall(stream, "array[]", nameEnd, items, start);
}

/** Whether ARRAY begins one of PostgreSQL's arrays rather than a call of `array(...)`, which makes a SUPER. */
export const atArray = (stream: TokenStream): boolean =>
  stream.at("array", "[") || (stream.at("array", "(") && ["select", "with"].includes(stream.peek(2).lexeme));
