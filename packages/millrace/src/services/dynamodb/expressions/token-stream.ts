import { limits } from "../limits.ts";
import { ExpressionError, type Token, tokensOf } from "./lexer.ts";
import type { Path } from "./path.ts";
import type { Placeholders } from "./placeholders.ts";
import { isReservedWord } from "./reserved-words.ts";

/** Parentheses and operators within each other; a bound on our recursion that AWS's own limits stay under. */
const maxNesting = 128;
const maxListIndex = 0x7fff_ffff;

/** Reads tokens one after the other, with what all three grammars share: paths, values and errors. */
export class TokenStream {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #placeholders: Placeholders;
  #position = 0;
  #depth = 0;
  #operators = 0;

  constructor(text: string, placeholders: Placeholders) {
    if (text.trim() === "") throw new ExpressionError("The expression can not be empty;");
    const bytes = Buffer.byteLength(text);
    if (bytes > limits.expressionBytes)
      throw new ExpressionError(
        `Expression size has exceeded the maximum allowed size; expression size: ${bytes}`,
      );
    this.#text = text;
    this.#tokens = tokensOf(text);
    this.#placeholders = placeholders;
  }

  get next(): Token {
    return this.#at(this.#position);
  }

  /** The token behind the next one. */
  get second(): Token {
    return this.#at(this.#position + 1);
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== "end") this.#position++;
    return token;
  }

  isSymbol(text: string): boolean {
    return this.next.kind === "symbol" && this.next.text === text;
  }

  /** Takes the symbol if it is next. */
  skipSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.#position++;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.skipSymbol(text)) throw this.syntaxError();
  }

  isWord(word: string): boolean {
    return this.next.kind === "name" && this.next.text.toUpperCase() === word;
  }

  /** Takes the keyword if it is next, in whatever case. */
  skipWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.#position++;
    return true;
  }

  expectEnd(): void {
    if (this.next.kind !== "end") throw this.syntaxError();
  }

  syntaxError(): ExpressionError {
    const token = this.next;
    const start = this.#at(this.#position - 1).start;
    const { end } = this.#at(Math.min(this.#position + 1, this.#tokens.length - 1));
    const near = this.#text.slice(Math.min(start, token.start), end);
    return new ExpressionError(`Syntax error; token: "${token.text}", near: "${near}"`);
  }

  /** Runs `parse` one level deeper. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > maxNesting) throw new ExpressionError("The expression is nested too deeply;");
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Counts an operator or a function. */
  countOperator(): void {
    if (++this.#operators > limits.expressionOperators)
      throw new ExpressionError(
        `The expression contains too many operators; maximum number of operators: ${limits.expressionOperators}`,
      );
  }

  /** `path => name ("." name | "[" number "]")*` */
  path(): Path {
    const path: [string, ...(string | number)[]] = [this.#name()];
    for (;;) {
      if (this.skipSymbol(".")) path.push(this.#name());
      else if (this.skipSymbol("[")) path.push(this.#listIndex());
      else return path;
    }
  }

  get isAtPath(): boolean {
    return this.next.kind === "name" || this.next.kind === "attribute name";
  }

  /** The value of the `:value` that is next. */
  value(): ReturnType<Placeholders["value"]> {
    if (this.next.kind !== "attribute value") throw this.syntaxError();
    return this.#placeholders.value(this.take().text);
  }

  #name(): string {
    const { kind, text } = this.next;
    if (kind === "attribute name") return this.#placeholders.name(this.take().text);
    if (kind !== "name") throw this.syntaxError();
    if (isReservedWord(text))
      throw new ExpressionError(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    return this.take().text;
  }

  #listIndex(): number {
    if (this.next.kind !== "number") throw this.syntaxError();
    const index = Number(this.take().text);
    if (index > maxListIndex)
      throw new ExpressionError(`List index is not within the allowable range; index: [${index}]`);
    this.expectSymbol("]");
    return index;
  }

  #at(position: number): Token {
    const token = this.#tokens[Math.max(position, 0)] ?? this.#tokens.at(-1);
    if (token === undefined) throw new ExpressionError("The expression can not be empty;");
    return token;
  }
}
