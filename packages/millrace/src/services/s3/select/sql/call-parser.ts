import { selectError } from "../select-error.ts";
import type { AggregateName, CastType, DatePart, Expression, FunctionName } from "./expression.ts";
import { castTypes, dateParts, functionNames, operandCounts } from "./function-table.ts";
import type { ParserContext } from "./parser-context.ts";
import { tokenText } from "./token.ts";

const open = "ParseExpectedLeftParenBuiltinFunctionCall";
const close = "ParseExpectedRightParenBuiltinFunctionCall";
const delimiter = "ParseExpectedArgumentDelimiter";

/** A call: of CASE and CAST, an aggregate, or a function. The next token names it. */
export function parseCall(context: ParserContext): Expression {
  const { tokens } = context;
  const token = tokens.take();
  switch (token.word) {
    case "case":
      return parseCase(context);
    case "cast":
      return parseCast(context);
    case "avg":
    case "count":
    case "max":
    case "min":
    case "sum":
      return parseAggregate(context, token.word);
  }
  const name = functionNames.get(token.word);
  if (name === undefined) throw tokens.error("UnsupportedFunction", "There is no function", token);
  tokens.expectSymbol("(", open);
  if (tokens.isSymbol("*")) throw tokens.error("ParseUnsupportedCallWithStar");
  const call = parseOperands(context, name);
  tokens.expectSymbol(")", close);
  const [fewest, most] = operandCounts[name];
  if (call.operands.length < fewest || call.operands.length > most)
    throw selectError(
      "EvaluatorInvalidArguments",
      `${tokenText(token)} has ${call.operands.length}`,
      token.place,
    );
  return { kind: "call", name, ...call };
}

type Operands = Omit<Extract<Expression, { kind: "call" }>, "kind" | "name">;

function parseOperands(context: ParserContext, name: FunctionName): Operands {
  switch (name) {
    case "date_add":
    case "date_diff": {
      const part = parseDatePart(context);
      context.tokens.expectSymbol(",", delimiter);
      return { part, operands: parseList(context) };
    }
    case "extract": {
      const part = parseDatePart(context);
      context.tokens.expectWord("from");
      return { part, operands: [context.expression()] };
    }
    case "substring":
      return { operands: parseSubstring(context) };
    case "trim":
      return parseTrim(context);
    default:
      return { operands: context.tokens.isSymbol(")") ? [] : parseList(context) };
  }
}

function parseList({ tokens, expression }: ParserContext): readonly Expression[] {
  const items: Expression[] = [];
  do items.push(expression());
  while (tokens.takeSymbol(","));
  return items;
}

function parseDatePart({ tokens }: ParserContext): DatePart {
  const part = dateParts.get(tokens.peek().word);
  if (part === undefined) throw tokens.error("ParseExpectedDatePart");
  tokens.take();
  return part;
}

/** SUBSTRING ( text ( ',' start [ ',' length ] | FROM start [ FOR length ] ) ) */
function parseSubstring(context: ParserContext): readonly Expression[] {
  const { tokens, expression } = context;
  const text = expression();
  if (tokens.takeWord("from")) {
    const start = expression();
    return tokens.takeWord("for") ? [text, start, expression()] : [text, start];
  }
  tokens.expectSymbol(",", delimiter);
  return [text, ...parseList(context)];
}

/** TRIM ( [ [ LEADING | TRAILING | BOTH ] [ characters ] FROM ] text ) */
function parseTrim({ tokens, expression }: ParserContext): Operands {
  const { word } = tokens.peek();
  const side = word === "leading" || word === "trailing" || word === "both" ? word : undefined;
  if (side !== undefined) tokens.take();
  if (side !== undefined && tokens.takeWord("from")) return { side, operands: [expression()] };
  const first = expression();
  if (tokens.takeWord("from")) return { side: side ?? "both", operands: [expression(), first] };
  if (side !== undefined) throw tokens.error("ParseExpectedKeyword", "Expected FROM, found");
  return { side: "both", operands: [first] };
}

function parseAggregate(context: ParserContext, name: AggregateName): Expression {
  const { tokens, aggregates, expression } = context;
  tokens.expectSymbol("(", open);
  if (tokens.isSymbol("*") && name !== "count") throw tokens.error("ParseUnsupportedCallWithStar");
  if (tokens.takeWord("distinct"))
    throw tokens.error("UnsupportedSyntax", "DISTINCT is not supported, before");
  const before = aggregates.length;
  const operand = tokens.takeSymbol("*") ? undefined : expression();
  if (aggregates.length > before)
    throw tokens.error("UnsupportedSqlStructure", "An aggregate does not stand in another one, before");
  tokens.expectSymbol(")", close);
  const aggregate = { kind: "aggregate", name, operand, index: before } as const;
  aggregates.push(aggregate);
  return aggregate;
}

/** CASE [ operand ] ( WHEN condition THEN result )+ [ ELSE result ] END */
function parseCase({ tokens, expression }: ParserContext): Expression {
  const operand = tokens.isWord("when") ? undefined : expression();
  const branches: { when: Expression; result: Expression }[] = [];
  while (tokens.takeWord("when")) {
    const condition = expression();
    const when: Expression =
      operand === undefined ? condition : { kind: "compare", operator: "=", left: operand, right: condition };
    tokens.expectWord("then");
    branches.push({ when, result: expression() });
  }
  if (branches.length === 0) throw tokens.error("ParseExpectedWhenClause");
  const otherwise = tokens.takeWord("else") ? expression() : undefined;
  tokens.expectWord("end");
  return { kind: "case", branches, otherwise };
}

/** CAST ( value AS type [ '(' precision [ ',' scale ] ')' ] ) */
function parseCast({ tokens, expression }: ParserContext): Expression {
  tokens.expectSymbol("(", "ParseExpectedLeftParenAfterCast");
  const operand = expression();
  if (tokens.isSymbol(",")) throw tokens.error("ParseCastArity");
  tokens.expectWord("as");
  const type: CastType | undefined = castTypes.get(tokens.peek().word);
  if (type === undefined) throw tokens.error("ParseExpectedTypeName");
  tokens.take();
  if (tokens.takeSymbol("(")) {
    // AWS ignores precision and scale.
    do if (tokens.take().kind !== "number") throw tokens.error("ParseExpectedNumber");
    while (tokens.takeSymbol(","));
    tokens.expectSymbol(")", close);
  }
  tokens.expectSymbol(")", close);
  return { kind: "cast", operand, type };
}
