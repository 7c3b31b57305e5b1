import { type AttributeValue, type TypeName, typeOf } from "../values/attribute-value.ts";
import { typeWords } from "../values/check-value.ts";
import { isSet } from "../values/compare.ts";
import { ExpressionError } from "./lexer.ts";
import { type Path, pathConflict } from "./path.ts";
import type { Placeholders } from "./placeholders.ts";
import { TokenStream } from "./token-stream.ts";
import type { Update, UpdateAction, UpdateValue } from "./update.ts";

const sections = ["SET", "REMOVE", "ADD", "DELETE"] as const;
type Section = (typeof sections)[number];

/**
 * Parses an update.
 *
 *   update => (SET set ("," set)* | REMOVE path ("," path)* | ADD change ("," change)* | DELETE change ("," change)*)+
 *   set    => path "=" sum
 *   sum    => value (("+" | "-") value)?
 *   value  => path | ":value" | if_not_exists "(" path "," sum ")" | list_append "(" sum "," sum ")" | "(" sum ")"
 *   change => path ":value"
 *
 * @throws ExpressionError
 */
export function parseUpdate(text: string, placeholders: Placeholders): Update {
  const tokens = new TokenStream(text, placeholders);
  const actions: UpdateAction[] = [];
  const seen = new Set<Section>();
  do {
    const section = sections.find((word) => tokens.skipWord(word));
    if (section === undefined) throw tokens.syntaxError();
    if (seen.has(section))
      throw new ExpressionError(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    do actions.push(action(tokens, section));
    while (tokens.skipSymbol(","));
  } while (tokens.next.kind !== "end");
  const conflict = pathConflict(actions.map(({ path }) => path));
  if (conflict !== undefined) throw new ExpressionError(conflict);
  return actions;
}

function action(tokens: TokenStream, section: Section): UpdateAction {
  const path = tokens.path();
  if (section === "REMOVE") return { kind: "remove", path };
  if (section !== "SET") return change(tokens, section, path);
  tokens.expectSymbol("=");
  return { kind: "set", path, value: sum(tokens) };
}

function change(tokens: TokenStream, section: "ADD" | "DELETE", path: Path): UpdateAction {
  const value = tokens.value();
  tokens.countOperator();
  const type = typeOf(value);
  if (!isSet(type) && !(section === "ADD" && type === "N"))
    throw new ExpressionError(
      `Incorrect operand type for operator or function; operator: ${section}, operand type: ${typeWords[type]}, ` +
        `typeSet: ALLOWED_FOR_${section}_OPERAND`,
    );
  return { kind: section === "ADD" ? "add" : "delete", path, value };
}

function sum(tokens: TokenStream): UpdateValue {
  const left = value(tokens);
  const sign = tokens.next.text;
  if (!tokens.skipSymbol("+") && !tokens.skipSymbol("-")) return left;
  tokens.countOperator();
  const right = value(tokens);
  for (const side of [left, right]) checkType(sign, side, "N");
  return { kind: sign === "+" ? "plus" : "minus", left, right };
}

function value(tokens: TokenStream): UpdateValue {
  if (tokens.next.kind === "attribute value") return { kind: "value", value: tokens.value() };
  if (tokens.isSymbol("(")) return tokens.nested(() => parentheses(tokens));
  if (tokens.next.kind === "name" && tokens.second.text === "(")
    return tokens.nested(() => functionValue(tokens));
  return { kind: "path", path: tokens.path() };
}

function parentheses(tokens: TokenStream): UpdateValue {
  tokens.expectSymbol("(");
  if (tokens.isSymbol("(")) throw new ExpressionError("The expression has redundant parentheses;");
  const inner = sum(tokens);
  tokens.expectSymbol(")");
  return inner;
}

function functionValue(tokens: TokenStream): UpdateValue {
  const name = tokens.take().text;
  tokens.countOperator();
  if (name !== "if_not_exists" && name !== "list_append")
    throw new ExpressionError(`Invalid function name; function: ${name}`);
  tokens.expectSymbol("(");
  const operands = [sum(tokens)];
  while (tokens.skipSymbol(",")) operands.push(sum(tokens));
  tokens.expectSymbol(")");
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.length !== 2)
    throw new ExpressionError(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  if (name === "list_append") {
    for (const side of [left, right]) checkType(name, side, "L");
    return { kind: "list append", left, right };
  }
  if (left.kind !== "path")
    throw new ExpressionError(
      "Operator or function requires a document path; operator or function: if_not_exists",
    );
  return { kind: "if not exists", path: left.path, otherwise: right };
}

function checkType(name: string, operand: UpdateValue, wanted: TypeName): void {
  const type = knownType(operand);
  if (type !== undefined && type !== wanted)
    throw new ExpressionError(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
}

/** The type of what is given; what is in the item is seen when the update is made. */
function knownType(operand: UpdateValue): TypeName | undefined {
  if (operand.kind === "value") return typeOf(operand.value satisfies AttributeValue);
  if (operand.kind === "list append") return "L";
  return operand.kind === "plus" || operand.kind === "minus" ? "N" : undefined;
}
