import { foldCase } from "../../lexer/characters.ts";
import { Lexer, type LexerRules } from "../../lexer/lexer.ts";
import type { Token } from "../../lexer/token.ts";
import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Identifier, QualifiedName } from "../ast/name.ts";
import { isReserved } from "./keywords.ts";

/** How deep the parser follows brackets and subqueries. */
const MAX_DEPTH = 400;

/**
 * How high a tree may be, for those who walk it by recursion: brackets and subqueries, but also chains that nest to
 * the left, such as `a || b || ...` and `select ... union all select ...`.
 */
const MAX_HEIGHT = 1_000;

/** AWS's limit. */
export const MAX_STATEMENT_BYTES: number = 16 * 1024 * 1024;

/** Names longer than this are cut off. */
const MAX_NAME_BYTES = 127;

export interface ParseOptions {
  /** `enable_case_sensitive_identifier`: names in quotes keep their case. */
  readonly caseSensitiveIdentifiers?: boolean;
}

const RULES: LexerRules = { nameQuote: '"', backslashEscapes: true, dollars: true };

/**
 * The tokens of one statement after another. A keyword, a symbol and an operator are all recognised by their text
 * (`at("from")`, `at("(")`, `at("<>")`); keywords are in lower case. Spans count from where the statement begins,
 * errors from where the script begins.
 */
export class TokenStream {
  readonly caseSensitiveIdentifiers: boolean;
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
  constructor(text: string, options: ParseOptions = {}) {
    // A UTF-16 unit takes at most three bytes, so that short texts need not be measured.
    const bytes = text.length * 3 > MAX_STATEMENT_BYTES ? Buffer.byteLength(text) : 0;
    if (bytes > MAX_STATEMENT_BYTES) {
      const message = `Statement is too large. Statement Size: ${bytes} bytes. Maximum Allowed: ${MAX_STATEMENT_BYTES} bytes`;
      throw new SqlError("54000", message);
    }
    this.caseSensitiveIdentifiers = options.caseSensitiveIdentifiers ?? false;
    this.#lexer = new Lexer(text, RULES);
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

  /** @throws SqlError a syntax error at the first token that is another */
  expect(...lexemes: readonly string[]): void {
    for (const lexeme of lexemes) {
      if (this.current.lexeme !== lexeme) {
        throw this.syntaxError();
      }
      this.next();
    }
  }

  /** Whether a name follows that may stand for a table, a column, an alias. */
  atIdentifier(distance = 0): boolean {
    const token = this.peek(distance);
    return token.kind === "quoted" || (token.kind === "word" && !isReserved(token.value));
  }

  identifier(): Identifier {
    if (!this.atIdentifier()) {
      throw this.syntaxError();
    }
    return this.#name(this.next());
  }

  /** The name of a user: in quotes it keeps its case, whatever `enable_case_sensitive_identifier` says. */
  userName(): Identifier {
    if (!this.atIdentifier()) {
      throw this.syntaxError();
    }
    return this.#name(this.next(), true);
  }

  /** The name of a column: `oid` is reserved, but the one of the catalog's tables. */
  columnName(): Identifier {
    return this.at("oid") ? this.label() : this.identifier();
  }

  /** A name where keywords are names too: behind AS and behind a dot. */
  label(): Identifier {
    if (this.current.kind !== "quoted" && this.current.kind !== "word") {
      throw this.syntaxError();
    }
    return this.#name(this.next());
  }

  /** Whether `#stage`, the name of a temporary table, follows. */
  atTemporaryName(): boolean {
    if (this.current.lexeme !== "#") {
      return false;
    }
    const name = this.peek(1);
    return name.start === this.current.end && (name.kind === "word" || name.kind === "quoted");
  }

  /** `sales`, `#stage`, `public.sales`, `dev.public.sales`, with as many parts as there are. */
  qualifiedName(): QualifiedName {
    const { start } = this.current;
    const parts = [this.tableIdentifier()];
    while (this.accept(".")) {
      parts.push(this.label());
    }
    return { parts, span: this.spanFrom(start) };
  }

  /** A name, or `#name`. */
  tableIdentifier(): Identifier {
    if (!this.atTemporaryName()) {
      return this.identifier();
    }
    const { start } = this.next();
    const name = this.#name(this.next());
    return { name: `#${name.name}`, quoted: name.quoted, span: this.spanFrom(start) };
  }

  /** Names with commas between them in brackets. */
  columnList(): readonly Identifier[] {
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
  string(): string {
    if (this.current.kind !== "string") {
      throw this.syntaxError();
    }
    return this.next().value;
  }

  /** A whole number without a sign. @throws SqlError a syntax error */
  integer(): number {
    const value = Number(this.current.value);
    if (this.current.kind !== "number" || !/^\d+$/.test(this.current.value) || !Number.isSafeInteger(value)) {
      throw this.syntaxError();
    }
    this.next();
    return value;
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

  syntaxError(token: Token = this.current): SqlError {
    return token.kind === "end"
      ? this.error("42601", "syntax error at end of input", token.start)
      : this.error("42601", `syntax error at or near "${this.source(token)}"`, token.start);
  }

  /** An error at a position of the statement. */
  error(sqlState: string, message: string, position: number = this.current.start): SqlError {
    return new SqlError(sqlState, message, { position: this.origin + position });
  }

  #tooDeep(): SqlError {
    return this.error("54001", "stack depth limit exceeded");
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

  #name(token: Token, keepsCase: boolean = this.caseSensitiveIdentifiers): Identifier {
    const quoted = token.kind === "quoted";
    const folded = quoted && !keepsCase ? foldCase(token.value) : token.value;
    const name = folded.length * 3 > MAX_NAME_BYTES ? cutName(folded) : folded;
    return { name, quoted, span: { start: token.start, end: token.end } };
  }
}

/** The first 127 bytes, without half a character at the end. */
function cutName(name: string): string {
  const bytes = Buffer.from(name, "utf8");
  if (bytes.length <= MAX_NAME_BYTES) {
    return name;
  }
  let end = MAX_NAME_BYTES;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end--;
  }
  return bytes.toString("utf8", 0, end);
}
