import type { PathStep } from "./expression.ts";
import type { TokenStream } from "./token-stream.ts";

/** step => '.' ( name | quoted | '*' ) | '[' ( number | string | '*' ) ']' */
export function parseStep(tokens: TokenStream): PathStep | undefined {
  if (tokens.takeSymbol(".")) {
    if (tokens.takeSymbol("*")) return { kind: "each member" };
    const token = tokens.peek();
    if (token.kind !== "name" && token.kind !== "quoted") throw tokens.error("ParseInvalidPathComponent");
    tokens.take();
    return { kind: "name", name: token.text, exact: token.kind === "quoted" };
  }
  if (!tokens.takeSymbol("[")) return undefined;
  const step = parseBracket(tokens);
  tokens.expectSymbol("]", "ParseExpectedTokenType");
  return step;
}

function parseBracket(tokens: TokenStream): PathStep {
  if (tokens.takeSymbol("*")) return { kind: "each element" };
  const token = tokens.peek();
  if (token.kind === "string") {
    tokens.take();
    return { kind: "name", name: token.text, exact: true };
  }
  if (token.kind !== "number" || !/^\d{1,9}$/.test(token.text))
    throw tokens.error("ParseInvalidPathComponent");
  tokens.take();
  return { kind: "index", index: Number(token.text) };
}
