import { parseCall } from "./call-parser.ts";
import type { Comparison, Expression, PathStep } from "./expression.ts";
import { isReserved, unsupportedWords } from "./keyword.ts";
import { parseLiteral } from "./literal-parser.ts";
import type { ParserContext } from "./parser-context.ts";
import { parseStep } from "./path-parser.ts";
import type { TokenStream } from "./token-stream.ts";

/*
 * expression => conjunction ( OR conjunction )*
 * conjunction => negation ( AND negation )*
 * negation   => NOT negation | predicate
 * predicate  => sum [ comparison sum | [ NOT ] IN list | [ NOT ] BETWEEN sum AND sum
 *                   | [ NOT ] LIKE sum [ ESCAPE sum ] | IS [ NOT ] ( NULL | MISSING ) ]*
 * sum        => product ( ( '+' | '-' | '||' ) product )*
 * product    => factor ( ( '*' | '/' | '%' ) factor )*
 * factor     => ( '-' | '+' ) factor | primary
 */
export function parseExpression(context: ParserContext): Expression {
  return context.tokens.nested(() => {
    let left = parseConjunction(context);
    while (context.tokens.takeWord("or")) {
      context.tokens.countOperator();
      left = { kind: "or", left, right: parseConjunction(context) };
    }
    return left;
  });
}

function parseConjunction(context: ParserContext): Expression {
  let left = parseNegation(context);
  while (context.tokens.takeWord("and")) {
    context.tokens.countOperator();
    left = { kind: "and", left, right: parseNegation(context) };
  }
  return left;
}

function parseNegation(context: ParserContext): Expression {
  const { tokens } = context;
  if (!tokens.isWord("not")) return parsePredicate(context);
  tokens.take();
  return tokens.nested(() => ({ kind: "not", operand: parseNegation(context) }));
}

const comparisons: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

function parsePredicate(context: ParserContext): Expression {
  const { tokens } = context;
  let left = parseSum(context);
  for (;;) {
    const { kind, text } = tokens.peek();
    const operator = kind === "symbol" && Object.hasOwn(comparisons, text) ? comparisons[text] : undefined;
    if (operator !== undefined) {
      tokens.take();
      tokens.countOperator();
      left = { kind: "compare", operator, left, right: parseSum(context) };
      continue;
    }
    const next = parseWordPredicate(context, left);
    if (next === undefined) return left;
    tokens.countOperator();
    left = next;
  }
}

function parseWordPredicate(context: ParserContext, operand: Expression): Expression | undefined {
  const { tokens } = context;
  if (tokens.takeWord("is")) {
    const negated = tokens.takeWord("not");
    if (!tokens.isWord("null") && !tokens.isWord("missing"))
      throw tokens.error("ParseExpectedKeyword", "Expected NULL or MISSING, found");
    const what = tokens.take().word === "null" ? "null" : "missing";
    return negate({ kind: "is", operand, what }, negated);
  }
  const negated = tokens.isWord("not") && ["in", "like", "between"].includes(tokens.peek(1).word);
  if (negated) tokens.take();
  if (tokens.takeWord("in")) return negate({ kind: "in", operand, items: parseItems(context) }, negated);
  if (tokens.takeWord("between")) {
    const low = parseSum(context);
    tokens.expectWord("and");
    return negate({ kind: "between", operand, low, high: parseSum(context) }, negated);
  }
  if (!tokens.takeWord("like")) return undefined;
  const pattern = parseSum(context);
  const escaping = tokens.takeWord("escape") ? parseSum(context) : undefined;
  return negate({ kind: "like", operand, pattern, escape: escaping }, negated);
}

function negate(operand: Expression, negated: boolean): Expression {
  return negated ? { kind: "not", operand } : operand;
}

function parseItems({ tokens, expression }: ParserContext): readonly Expression[] {
  const close = tokens.isSymbol("[") ? "]" : ")";
  if (!tokens.takeSymbol("[")) tokens.expectSymbol("(", "ParseExpectedLeftParenValueConstructor");
  const items: Expression[] = [];
  do items.push(expression());
  while (tokens.takeSymbol(","));
  tokens.expectSymbol(close, "ParseExpectedTokenType");
  return items;
}

function parseSum(context: ParserContext): Expression {
  const { tokens } = context;
  let left = parseProduct(context);
  for (;;) {
    if (tokens.takeSymbol("||")) left = { kind: "concat", left, right: parseProduct(context) };
    else if (tokens.takeSymbol("+"))
      left = { kind: "arithmetic", operator: "+", left, right: parseProduct(context) };
    else if (tokens.takeSymbol("-"))
      left = { kind: "arithmetic", operator: "-", left, right: parseProduct(context) };
    else return left;
    tokens.countOperator();
  }
}

function parseProduct(context: ParserContext): Expression {
  const { tokens } = context;
  let left = parseFactor(context);
  for (;;) {
    const { kind, text } = tokens.peek();
    if (kind !== "symbol" || (text !== "*" && text !== "/" && text !== "%")) return left;
    tokens.take();
    tokens.countOperator();
    left = { kind: "arithmetic", operator: text, left, right: parseFactor(context) };
  }
}

function parseFactor(context: ParserContext): Expression {
  const { tokens } = context;
  if (tokens.takeSymbol("-")) return tokens.nested(() => ({ kind: "negate", operand: parseFactor(context) }));
  if (tokens.takeSymbol("+")) return tokens.nested(() => parseFactor(context));
  return parsePrimary(context);
}

function parsePrimary(context: ParserContext): Expression {
  const { tokens } = context;
  const token = tokens.peek();
  const literal = parseLiteral(tokens);
  if (literal !== undefined) return literal;
  if (tokens.isSymbol("(")) {
    tokens.take();
    if (tokens.isWord("select"))
      throw tokens.error("UnsupportedSqlStructure", "Subqueries are not supported: found");
    const inner = context.expression();
    tokens.expectSymbol(")", "ParseExpectedTokenType");
    return inner;
  }
  if (token.kind === "quoted" || (token.kind === "name" && !isReserved(token.word))) {
    return token.kind === "name" && tokens.isSymbol("(", 1) ? parseCall(context) : parsePath(tokens);
  }
  if (token.word === "case" || token.word === "cast") return parseCall(context);
  const unsupported = unsupportedWords.get(token.word);
  if (unsupported !== undefined) throw tokens.error(unsupported);
  if (token.kind === "end") throw tokens.error("ParseExpectedExpression");
  throw tokens.error("ParseUnexpectedTerm", "Unexpected term found:");
}

function parsePath(tokens: TokenStream): Expression {
  const first = tokens.take();
  const steps: PathStep[] = [{ kind: "name", name: first.text, exact: first.kind === "quoted" }];
  for (;;) {
    const step = parseStep(tokens);
    if (step === undefined) return { kind: "path", steps, place: first.place };
    if (step.kind === "each element" || step.kind === "each member")
      throw tokens.error("ParseInvalidPathComponent", "A wildcard stands only behind FROM; found it before");
    steps.push(step);
  }
}
