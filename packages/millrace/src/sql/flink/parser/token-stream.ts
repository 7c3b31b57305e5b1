import { Lexer } from "../../lexer/lexer.ts";
import type { Token } from "../../lexer/token.ts";
import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Identifier, QualifiedName } from "../ast/name.ts";
import { type Dialect, FLINK } from "./dialect.ts";
import { isReserved } from "./keywords.ts";

/** How deep the parser follows brackets and subqueries. */
const MAX_DEPTH = 400;

/**
 * How high a tree may be, for those who walk it by recursion: brackets and subqueries, but also chains that nest to
 * the left, such as `a || b || ...` and `SELECT ... UNION ALL SELECT ...`.
 */
const MAX_HEIGHT = 1_000;

const MAX_SCRIPT_CHARACTERS: number = 16 * 1024 * 1024;

/** What a message shows of the text at fault. */
const MAX_SHOWN_CHARACTERS = 60;

/**
 * The tokens of one statement after another. A keyword, a symbol and an operator are all recognised by their text
 * (`at("from")`, `at("(")`, `at("<>")`); keywords are in lower case. Spans count from where the statement begins,
 * errors from where the script begins.
 */
export class TokenStream {
  readonly dialect: Dialect;
  /** The token that is read next. */
  current: Token;
  /** Where the token before `current` ends. */
  previousEnd = 0;
  readonly #lexer: Lexer;
  /** Read ahead, behind `current`. */
  readonly #ahead: Token[] = [];
  /** Levels between the statement and here. */
  #depth = 0;
  /** Of the highest tree read on this level so far. */
  #height = 0;

  /** @throws SqlError for a text that is too long, and where its first token is broken */
  constructor(text: string, dialect: Dialect = FLINK) {
    if (text.length > MAX_SCRIPT_CHARACTERS) {
      const message = `the SQL text has ${text.length} characters; at most ${MAX_SCRIPT_CHARACTERS} are taken`;
      throw new SqlError("54000", message);
    }
    this.dialect = dialect;
    this.#lexer = new Lexer(text, dialect.rules);
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

  /** Reads one of these words. @throws SqlError a syntax error */
  expectAny<T extends string>(...lexemes: readonly T[]): T {
    const found = this.acceptAny(...lexemes);
    if (found === undefined) {
      throw this.syntaxError(listed(lexemes.map(shownLexeme)));
    }
    return found;
  }

  /** @throws SqlError a syntax error at the first token that is another */
  expect(...lexemes: readonly string[]): void {
    for (const lexeme of lexemes) {
      if (this.current.lexeme !== lexeme) {
        throw this.syntaxError(shownLexeme(lexeme));
      }
      this.next();
    }
  }

  /** Whether a name follows that may stand for a table, a column, an alias. */
  atIdentifier(distance = 0): boolean {
    const token = this.peek(distance);
    return (
      token.kind === "quoted" || (token.kind === "word" && !isReserved(token.value, this.dialect.retired))
    );
  }

  /** @throws SqlError a syntax error */
  identifier(what = "a name"): Identifier {
    if (!this.atIdentifier()) {
      throw this.syntaxError(what);
    }
    return this.anyWord();
  }

  /** A name, keywords included. */
  anyWord(): Identifier {
    if (this.current.kind !== "quoted" && this.current.kind !== "word") {
      throw this.syntaxError("a name");
    }
    const token = this.next();
    const quoted = token.kind === "quoted";
    const source = quoted ? token.value : this.source(token);
    const name = quoted || this.dialect.names === "keep" ? source : source.toUpperCase();
    return { name, quoted, span: { start: token.start, end: token.end } };
  }

  /** `orders`, `db.orders`, `catalog.db.orders`, with as many parts as there are. */
  qualifiedName(what = "a name"): QualifiedName {
    const { start } = this.current;
    const parts = [this.identifier(what)];
    while (this.accept(".")) {
      parts.push(this.identifier(what));
    }
    return { parts, span: this.spanFrom(start) };
  }

  /** Names with commas between them in brackets. */
  nameList(): readonly Identifier[] {
    this.expect("(");
    const names = this.list(() => this.identifier());
    this.expect(")");
    return names;
  }

  /** One or more of something, with commas between them. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.accept(",")) {
      items.push(item());
    }
    return items;
  }

  /** The value of a literal. @throws SqlError a syntax error */
  string(what = "a text in quotes"): string {
    if (this.current.kind !== "string") {
      throw this.syntaxError(what);
    }
    return this.next().value;
  }

  /** A whole number without a sign. @throws SqlError a syntax error */
  integer(): number {
    const { kind, value } = this.current;
    const number = Number(value);
    if (kind !== "number" || !/^\d+$/.test(value) || !Number.isSafeInteger(number)) {
      throw this.syntaxError("a whole number");
    }
    this.next();
    return number;
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

  /** Says what stands there and, if it is known, what would be right. */
  syntaxError(expected?: string, token: Token = this.current): SqlError {
    const wanted = expected === undefined ? "" : `: expected ${expected}`;
    if (token.kind === "end") {
      return this.error("42601", `syntax error at end of input${wanted}`, token.start);
    }
    const source = this.source(token);
    const shown =
      source.length > MAX_SHOWN_CHARACTERS ? `${source.slice(0, MAX_SHOWN_CHARACTERS)}...` : source;
    const name = expected !== undefined && /\bname\b/.test(expected);
    const quote = this.dialect.rules.nameQuote;
    const reserved = name && token.kind === "word" && isReserved(token.value, this.dialect.retired);
    const advice = reserved
      ? ` (it is a reserved word; as a name it is written ${quote}${source}${quote})`
      : "";
    return this.error("42601", `syntax error at or near "${shown}"${wanted}${advice}`, token.start);
  }

  /** An error at a position of the statement. */
  error(sqlState: string, message: string, position: number = this.current.start): SqlError {
    return new SqlError(sqlState, message, { position: this.origin + position });
  }

  #tooDeep(): SqlError {
    return this.error("54001", "the statement is nested too deeply");
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

const shownLexeme = (lexeme: string): string =>
  /^[a-z]/.test(lexeme) ? lexeme.toUpperCase() : `"${lexeme}"`;

const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} or ${items.at(-1) ?? ""}`;
