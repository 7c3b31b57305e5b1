import type { Identifier } from "../ast/name.ts";
import type { Case, Expression } from "../ast/tree.ts";
import { parseDataType } from "./data-type.ts";
import { plainCall } from "./expression-call.ts";
import { parseCollectionForm, parseRow } from "./expression-constructor.ts";
import { parseJsonCall } from "./expression-json.ts";
import { parseInterval, parseTypedLiteral } from "./expression-literal.ts";
import { parseTextForm } from "./expression-text-form.ts";
import type { Grammar } from "./grammar.ts";
import { isNiladic } from "./keywords.ts";

/** What begins with a word and is neither a name nor an ordinary call; undefined when it is one of them. */
export function parseSpecialForm(grammar: Grammar): Expression | undefined {
  const { stream } = grammar;
  const { start, lexeme } = stream.current;
  const behind = stream.peek(1).lexeme;
  switch (lexeme) {
    case "null":
      stream.next();
      return { kind: "null", span: stream.spanFrom(start) };
    case "true":
    case "false":
    case "unknown":
      stream.next();
      return {
        kind: "boolean",
        value: lexeme === "unknown" ? undefined : lexeme === "true",
        span: stream.spanFrom(start),
      };
    case "case":
      return parseCase(grammar, start);
    case "cast":
    case "try_cast":
      return behind === "(" ? parseCast(grammar, lexeme === "try_cast", start) : undefined;
    case "exists":
      return parseExists(grammar, start);
    case "interval":
      return parseInterval(grammar);
    case "date":
    case "time":
    case "timestamp":
      return parseTypedLiteral(stream);
    case "row":
      return parseRow(grammar, start);
    case "array":
    case "multiset":
    case "map":
      return parseCollectionForm(grammar, lexeme, start);
    case "running":
    case "final":
      return parseSemantics(grammar, lexeme, start);
    default:
      break;
  }
  if (behind === "(") {
    return parseTextForm(grammar) ?? parseJsonCall(grammar);
  }
  if (isNiladic(lexeme)) {
    return plainCall(grammar, niladicName(grammar), [], start);
  }
  return undefined;
}

function niladicName({ stream }: Grammar): Identifier {
  const { start, end, lexeme } = stream.next();
  return { name: lexeme, quoted: false, span: { start, end } };
}

// CASE [operand] WHEN expression [, expression] THEN expression ... [ELSE expression] END
function parseCase(grammar: Grammar, start: number): Case {
  const { stream } = grammar;
  const height = stream.enter();
  stream.expect("case");
  const operand = stream.at("when") ? undefined : grammar.expression();
  const branches: { when: readonly Expression[]; then: Expression }[] = [];
  do {
    stream.expect("when");
    const when = operand === undefined ? [grammar.expression()] : stream.list(() => grammar.expression());
    stream.expect("then");
    // biome-ignore lint/suspicious/noThenProperty: the tree is never awaited, and SQL calls it THEN.
    branches.push({ when, then: grammar.expression() });
  } while (stream.at("when"));
  const otherwise = stream.accept("else") ? grammar.expression() : undefined;
  stream.expect("end");
  stream.leave(height);
  return { kind: "case", operand, branches, otherwise, span: stream.spanFrom(start) };
}

// CAST ( expression AS type )
function parseCast(grammar: Grammar, isTry: boolean, start: number): Expression {
  const { stream } = grammar;
  stream.next();
  stream.expect("(");
  const operand = grammar.expression();
  stream.expect("as");
  const type = parseDataType(stream);
  stream.expect(")");
  return { kind: "cast", operand, type, isTry, span: stream.spanFrom(start) };
}

function parseExists(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  stream.expect("exists", "(");
  const query = grammar.query();
  stream.expect(")");
  return { kind: "exists", query, span: stream.spanFrom(start) };
}

/** `FINAL LAST(A.price)`; a column may be called FINAL. */
function parseSemantics(
  grammar: Grammar,
  semantics: "running" | "final",
  start: number,
): Expression | undefined {
  const { stream } = grammar;
  if (stream.peek(1).kind !== "word" || stream.peek(2).lexeme !== "(") {
    return undefined;
  }
  stream.next();
  const operand = grammar.primary();
  return { kind: "match-semantics", semantics, operand, span: stream.spanFrom(start) };
}
