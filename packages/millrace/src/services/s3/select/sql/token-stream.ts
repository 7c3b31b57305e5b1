import type { ServiceError } from "../../../../core/errors.ts";
import { type SelectErrorCode, selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";
import { tokensOf } from "./lexer.ts";
import { type Token, tokenText } from "./token.ts";

/** The tokens of one statement, read from left to right, with the limits on what they may build. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  #operators = 0;

  constructor(expression: string) {
    this.#tokens = tokensOf(expression);
  }

  /** The token `ahead` of the next one; the end is never passed. */
  peek(ahead: number = 0): Token {
    const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
    return token ?? { kind: "end", text: "", word: "", place: { line: 1, column: 1 } };
  }

  take(): Token {
    const token = this.peek();
    if (this.#next < this.#tokens.length - 1) this.#next++;
    return token;
  }

  isSymbol(text: string, ahead: number = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "symbol" && token.text === text;
  }

  isWord(word: string, ahead: number = 0): boolean {
    return this.peek(ahead).word === word;
  }

  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.take();
    return true;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.take();
    return true;
  }

  expectSymbol(text: string, code: SelectErrorCode): void {
    if (!this.takeSymbol(text)) throw this.error(code, `Expected '${text}', found`);
  }

  expectWord(word: string): void {
    if (!this.takeWord(word))
      throw this.error("ParseExpectedKeyword", `Expected ${word.toUpperCase()}, found`);
  }

  /** Names a token, the next one by default, and where it stands. */
  error(code: SelectErrorCode, what: string = "Found", token: Token = this.peek()): ServiceError {
    return selectError(code, `${what} ${tokenText(token)}`, token.place);
  }

  /** Runs what may call itself again, at a depth that the stack can bear. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > selectLimits.expressionDepth)
      throw this.error("UnsupportedSqlStructure", `More than ${selectLimits.expressionDepth} levels, at`);
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Operators in a row make a deep tree too. */
  countOperator(): void {
    if (++this.#operators > selectLimits.expressionOperators)
      throw this.error(
        "UnsupportedSqlStructure",
        `More than ${selectLimits.expressionOperators} operators, at`,
      );
  }
}
