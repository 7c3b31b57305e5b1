import type { Identifier } from "../ast/name.ts";
import type { Call, Expression } from "../ast/tree.ts";
import { plainCall } from "./expression-call.ts";
import { BINDING, type Grammar } from "./grammar.ts";
import { parseTimeUnit } from "./time-unit.ts";

/** Functions with words between their arguments; undefined when the word before the bracket is none of them. */
export function parseTextForm(grammar: Grammar): Expression | undefined {
  const { stream } = grammar;
  switch (stream.current.lexeme) {
    case "extract":
      return parseForm(grammar, parseExtract);
    case "floor":
    case "ceil":
    case "ceiling":
      return parseForm(grammar, parseRounding);
    case "timestampadd":
    case "timestampdiff":
      return parseForm(grammar, parseWithUnit);
    case "trim":
      return parseForm(grammar, parseTrim);
    case "position":
      return parseForm(grammar, parsePosition);
    case "overlay":
      return parseForm(grammar, (inner) => parseFromFor(inner, "placing"));
    case "substring":
      return parseForm(grammar, (inner) => parseFromFor(inner, undefined));
    case "step":
      return stream.dialect.retired ? parseForm(grammar, parseStep) : undefined;
    default:
      return undefined;
  }
}

/** The name, the brackets and what `parse` reads between them; names come in lower case. */
function parseForm(grammar: Grammar, parse: (grammar: Grammar) => readonly Expression[]): Call {
  const { stream } = grammar;
  const height = stream.enter();
  const { start, end, lexeme } = stream.next();
  const name: Identifier = { name: lexeme, quoted: false, span: { start, end } };
  stream.expect("(");
  const items = parse(grammar);
  stream.expect(")");
  stream.leave(height);
  return plainCall(grammar, name, items, start);
}

// EXTRACT ( unit FROM x )
function parseExtract(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  const unit = parseUnit(grammar);
  stream.expect("from");
  return [unit, grammar.expression()];
}

function parseUnit({ stream }: Grammar): Expression {
  const { start } = stream.current;
  const word = parseTimeUnit(stream);
  return { kind: "keyword", word, span: stream.spanFrom(start) };
}

// FLOOR ( x [TO unit] )
function parseRounding(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  const items = stream.list(() => grammar.expression());
  return stream.accept("to") ? [...items, parseUnit(grammar)] : items;
}

// TIMESTAMPADD ( unit, n, x )
function parseWithUnit(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  const unit = parseUnit(grammar);
  stream.expect(",");
  return [unit, ...stream.list(() => grammar.expression())];
}

// TRIM ( x ), TRIM ( y FROM x ), TRIM ( BOTH|LEADING|TRAILING [y] FROM x )
function parseTrim(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  const { start } = stream.current;
  const side = stream.acceptAny("both", "leading", "trailing");
  const keyword = (): Expression => ({
    kind: "keyword",
    word: side ?? "both",
    span: side === undefined ? { start, end: start } : { start, end: start + side.length },
  });
  if (side !== undefined && stream.accept("from")) {
    const blank: Expression = {
      kind: "string",
      value: " ",
      charset: undefined,
      span: stream.spanFrom(start),
    };
    return [keyword(), blank, grammar.expression()];
  }
  const first = grammar.expression();
  if (stream.accept("from")) {
    return [keyword(), first, grammar.expression()];
  }
  if (side !== undefined) {
    throw stream.syntaxError("FROM");
  }
  return stream.accept(",") ? [first, ...stream.list(() => grammar.expression())] : [first];
}

// POSITION ( a IN b [FROM c] )
function parsePosition(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  const first = grammar.operators(BINDING.multiset);
  if (stream.accept(",")) {
    return [first, ...stream.list(() => grammar.expression())];
  }
  stream.expect("in");
  const second = grammar.expression();
  return stream.accept("from") ? [first, second, grammar.expression()] : [first, second];
}

// OVERLAY ( a PLACING b FROM c [FOR d] ), SUBSTRING ( x FROM a [FOR b] ), both also with commas
function parseFromFor(grammar: Grammar, word: "placing" | undefined): readonly Expression[] {
  const { stream } = grammar;
  const items = [grammar.expression()];
  if (stream.at(",")) {
    while (stream.accept(",")) {
      items.push(grammar.expression());
    }
    return items;
  }
  if (word !== undefined) {
    stream.expect(word);
    items.push(grammar.expression());
  }
  stream.expect("from");
  items.push(grammar.expression());
  if (stream.accept("for")) {
    items.push(grammar.expression());
  }
  return items;
}

// STEP ( x BY interval ), of the retired dialect
function parseStep(grammar: Grammar): readonly Expression[] {
  const { stream } = grammar;
  const value = grammar.expression();
  stream.expect("by");
  return [value, grammar.expression()];
}
