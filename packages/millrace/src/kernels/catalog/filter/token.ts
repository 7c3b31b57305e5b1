import { CatalogError } from "../errors.ts";

/**
 *   token   => word | string | number | symbol
 *   word    => (letter | "_" | "@" | "#" | "$") (the same | digit | ".")*      keywords are words
 *   string  => "'" (any character but "'" | "''")* "'"
 *   number  => ["-" | "+"] (digits ["." digits*] | "." digits) [("e" | "E") ["-" | "+"] digits]
 *   symbol  => "=" | "<>" | "!=" | "<=" | ">=" | "<" | ">" | "(" | ")" | ","
 */
export type Token =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string }
  | { readonly kind: "end"; readonly text: "" };

/** As long as AWS takes them. */
const maxExpressionChars = 2048;

const grammar =
  /\s*(?:([\p{L}_@#$][\p{L}\p{N}_@#$.]*)|'((?:[^']|'')*)'|([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(<>|!=|<=|>=|[=<>(),]))/uy;

const end: Token = Object.freeze({ kind: "end", text: "" });

/** The tokens of a filter expression, the last of kind `end`. @throws CatalogError */
export function tokensOf(expression: string): readonly Token[] {
  if (expression.length > maxExpressionChars) throw unsupported(expression.slice(0, maxExpressionChars));
  const tokens: Token[] = [];
  const text = expression.trimEnd();
  let position = 0;
  while (position < text.length) {
    grammar.lastIndex = position;
    const match = grammar.exec(text);
    if (match === null) throw unsupported(expression);
    position = grammar.lastIndex;
    tokens.push(tokenOf(match));
  }
  tokens.push(end);
  return tokens;
}

function tokenOf([, word, string, number, symbol = ""]: RegExpExecArray): Token {
  if (word !== undefined) return { kind: "word", text: word };
  if (string !== undefined) return { kind: "string", text: string.replaceAll("''", "'") };
  if (number !== undefined) return { kind: "number", text: number };
  return { kind: "symbol", text: symbol };
}

/** AWS's answer to what is not in its grammar. */
export function unsupported(expression: string): CatalogError {
  return new CatalogError("invalid", "expression", `Unsupported expression '${expression}'`);
}
