/** A token of an expression, and where it stands. */
export interface Token {
  readonly kind: "name" | "attribute name" | "attribute value" | "number" | "symbol" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown by the lexer and the parsers; the message goes behind `Invalid <kind>: `. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/**
 *   token => name | "#" chars | ":" chars | number | symbol
 *   name  => (letter | "_") (letter | digit | "_")*
 */
const grammar =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-]))/y;
const kinds = ["name", "attribute name", "attribute value", "number", "symbol"] as const;

/** The tokens of an expression, an `end` last. @throws ExpressionError */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const regex = new RegExp(grammar);
  const { length } = text.trimEnd();
  while (regex.lastIndex < length) {
    const from = regex.lastIndex;
    const match = regex.exec(text);
    if (match === null) throw unknownCharacter(text, from);
    const group = kinds.findIndex((_, index) => match[index + 1] !== undefined);
    const found = match[group + 1] ?? "";
    const end = regex.lastIndex;
    tokens.push({ kind: kinds[group] ?? "symbol", text: found, start: end - found.length, end });
  }
  tokens.push({ kind: "end", text: "<EOF>", start: text.length, end: text.length });
  return tokens;
}

function unknownCharacter(text: string, from: number): ExpressionError {
  const start = from + text.slice(from).search(/\S/);
  const [character = ""] = text.slice(start);
  return new ExpressionError(
    `Syntax error; token: "${character}", near: "${text.slice(Math.max(start - 1, 0), start + 2)}"`,
  );
}
