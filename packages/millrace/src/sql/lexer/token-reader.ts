import type { Span } from "../position.ts";
import { SqlError } from "../sql-error.ts";
import { Lexer, type LexerRules } from "./lexer.ts";
import type { Token } from "./token.ts";

/** How deep the parser follows brackets and subqueries. */
const MAX_DEPTH = 400;

/**
 * How high a tree may be, for those who walk it by recursion: brackets and subqueries, but also chains that nest to
 * the left, such as `a || b || ...` and `SELECT ... UNION ALL SELECT ...`.
 */
const MAX_HEIGHT = 1_000;

/**
 * The tokens of one statement after another, for the parsers of all dialects. A keyword, a symbol and an operator are
 * all recognised by their text (`at("from")`, `at("(")`, `at("<>")`); keywords are in lower case. Spans count from
 * where the statement begins, errors from where the script begins.
 */
export class TokenReader {
  /** The token that is read next. */
  current: Token;
  /** Where the token before `current` ends. */
  previousEnd = 0;
  readonly #lexer: Lexer;
  readonly #tooDeepMessage: string;
  /** Read ahead, behind `current`. */
  readonly #ahead: Token[] = [];
  /** Levels between the statement and here. */
  #depth = 0;
  /** Of the highest tree read on this level so far. */
  #height = 0;

  /**
   * @param tooDeepMessage the dialect's words for a statement that is nested too deeply
   * @throws SqlError where its first token is broken
   */
  constructor(text: string, rules: LexerRules, tooDeepMessage: string) {
    this.#lexer = new Lexer(text, rules);
    this.#tooDeepMessage = tooDeepMessage;
    this.current = this.#startAt(0);
  }

  /** Goes on with the next statement, whose spans count from its own beginning. `current` is a semicolon. */
  startNextStatement(): void {
    this.current = this.#startAt(this.#lexer.origin + this.current.end);
  }

  /** Where the statement begins in the script. */
  get origin(): number {
    return this.#lexer.origin;
  }

  /** The statement's text between two positions. */
  slice(start: number, end: number): string {
    return this.#lexer.text.slice(this.origin + start, this.origin + end);
  }

  /** A token as it was written. */
  source(token: Token): string {
    return this.slice(token.start, token.end);
  }

  /** The token `distance` behind the current one. */
  peek(distance: number): Token {
    while (this.#ahead.length < distance) {
      this.#ahead.push(this.#lexer.next());
    }
    return distance === 0 ? this.current : (this.#ahead[distance - 1] ?? this.current);
  }

  next(): Token {
    const token = this.current;
    this.previousEnd = token.end;
    this.current = this.#ahead.shift() ?? this.#lexer.next();
    return token;
  }

  /** Whether these keywords, symbols or operators follow. */
  at(...lexemes: readonly string[]): boolean {
    for (let i = 0; i < lexemes.length; i++) {
      if (this.peek(i).lexeme !== lexemes[i]) {
        return false;
      }
    }
    return true;
  }

  atEnd(): boolean {
    return this.current.kind === "end" || this.current.lexeme === ";";
  }

  /** Reads them if all of them follow. */
  accept(...lexemes: readonly string[]): boolean {
    if (!this.at(...lexemes)) {
      return false;
    }
    for (let i = 0; i < lexemes.length; i++) {
      this.next();
    }
    return true;
  }

  /** Reads whichever of these words follows. */
  acceptAny<T extends string>(...lexemes: readonly T[]): T | undefined {
    const found = lexemes.find((lexeme) => lexeme === this.current.lexeme);
    if (found !== undefined) {
      this.next();
    }
    return found;
  }

  /** One or more of something, with commas between them. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.accept(",")) {
      items.push(item());
    }
    return items;
  }

  /** From `start` to the end of the last token that was read. */
  spanFrom(start: number): Span {
    return { start, end: this.previousEnd };
  }

  /** Runs `parse` one level deeper. @throws SqlError 54001 when that is too deep */
  nested<T>(parse: () => T): T {
    const height = this.enter();
    const result = parse();
    this.leave(height);
    return result;
  }

  /** Begins a level. What it gives is for `leave`. @throws SqlError 54001 */
  enter(): number {
    if (++this.#depth > MAX_DEPTH) {
      throw this.#tooDeep();
    }
    const height = this.#height;
    this.#height = 0;
    return height;
  }

  /** Ends a level: the tree made since `enter` hangs one lower than its parent. */
  leave(height: number): void {
    this.#depth--;
    this.deepen();
    this.#height = Math.max(this.#height, height);
  }

  /** Counts a node on top of all that was read on this level. @throws SqlError 54001 when the tree is too high */
  deepen(): void {
    if (++this.#height > MAX_HEIGHT) {
      throw this.#tooDeep();
    }
  }

  /** An error at a position of the statement. */
  error(sqlState: string, message: string, position: number = this.current.start): SqlError {
    return new SqlError(sqlState, message, { position: this.origin + position });
  }

  #tooDeep(): SqlError {
    return this.error("54001", this.#tooDeepMessage);
  }

  #startAt(offset: number): Token {
    this.#lexer.offset = offset;
    this.#lexer.skipSpaces();
    this.#lexer.origin = this.#lexer.offset;
    this.#ahead.length = 0;
    this.#depth = 0;
    this.#height = 0;
    this.previousEnd = 0;
    return this.#lexer.next();
  }
}
