import type { Token } from "../../lexer/token.ts";
import { TokenReader } from "../../lexer/token-reader.ts";
import { SqlError } from "../../sql-error.ts";
import type { Identifier, QualifiedName } from "../ast/name.ts";
import { type Dialect, FLINK } from "./dialect.ts";
import { isReserved } from "./keywords.ts";

const MAX_SCRIPT_CHARACTERS: number = 16 * 1024 * 1024;

/** What a message shows of the text at fault. */
const MAX_SHOWN_CHARACTERS = 60;

/** Tokens with what the dialect's parser asks of them: its names and its words for errors. */
export class TokenStream extends TokenReader {
  readonly dialect: Dialect;

  /** @throws SqlError for a text that is too long, and where its first token is broken */
  constructor(text: string, dialect: Dialect = FLINK) {
    if (text.length > MAX_SCRIPT_CHARACTERS) {
      const message = `the SQL text has ${text.length} characters; at most ${MAX_SCRIPT_CHARACTERS} are taken`;
      throw new SqlError("54000", message);
    }
    super(text, dialect.rules, "the statement is nested too deeply");
    this.dialect = dialect;
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
}

const shownLexeme = (lexeme: string): string =>
  /^[a-z]/.test(lexeme) ? lexeme.toUpperCase() : `"${lexeme}"`;

const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} or ${items.at(-1) ?? ""}`;
