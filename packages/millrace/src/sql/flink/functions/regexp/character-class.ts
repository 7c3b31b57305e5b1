import { UnknownPattern } from "./pattern-errors.ts";
import type { PatternSyntax } from "./pattern-syntax.ts";

const maxDepth = 50;

/**
 * Classes of characters: `[a-z&&[^m]]`, unions and intersections as in Java. JavaScript's `v` flag has both, too,
 * but wants operands of an intersection to be classes.
 */
export class ClassParser {
  readonly #syntax: PatternSyntax;

  constructor(syntax: PatternSyntax) {
    this.#syntax = syntax;
  }

  /** Behind the opening bracket. */
  parse(depth = 0): string {
    if (depth > maxDepth) throw new UnknownPattern(`a class is nested more than ${maxDepth} times`);
    const syntax = this.#syntax;
    const isNegated = syntax.take("^");
    const operands: string[] = [];
    let union = "";
    let isFirst = true;
    for (;;) {
      if (syntax.isAtEnd()) throw new UnknownPattern("a '[' is not closed");
      if (!isFirst && syntax.take("]")) break;
      if (syntax.take("&&")) {
        operands.push(`[${union}]`);
        union = "";
      } else if (syntax.take("[")) {
        union += this.parse(depth + 1);
      } else {
        union += this.#range();
      }
      isFirst = false;
    }
    const body = operands.length === 0 ? union : [...operands, `[${union}]`].join("&&");
    return `[${isNegated ? "^" : ""}${body}]`;
  }

  /** A character, a range of them, or a class in an escape. */
  #range(): string {
    const syntax = this.#syntax;
    const from = this.#item();
    if (from.startsWith("[") || from.startsWith("\\p") || from.startsWith("\\P")) return from;
    const rest = syntax.rest();
    if (!rest.startsWith("-") || rest.startsWith("-]") || rest.startsWith("-[") || rest.startsWith("-&&")) {
      return from;
    }
    syntax.take("-");
    const to = this.#item();
    if (to.startsWith("[") || to.startsWith("\\p") || to.startsWith("\\P")) return `${from}\\u{2d}${to}`;
    return `${from}-${to}`;
  }

  #item(): string {
    const syntax = this.#syntax;
    const character = syntax.next();
    return character === "\\" ? syntax.escape(true) : syntax.literal(character);
  }
}
