import type { Place } from "../select-error.ts";

/** A word of the dialect. `text` of a name is as written; `word` is its lower case, empty for other kinds. */
export interface Token {
  readonly kind: "name" | "quoted" | "string" | "number" | "ion" | "symbol" | "end";
  readonly text: string;
  readonly word: string;
  readonly place: Place;
}

/** How an error names a token. */
export function tokenText(token: Token): string {
  if (token.kind === "end") return "the end of the expression";
  const text = token.text.length > 40 ? `${token.text.slice(0, 40)}...` : token.text;
  return `'${text}'`;
}
