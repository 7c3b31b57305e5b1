import { foldCase } from "../../lexer/characters.ts";
import type { LexerRules } from "../../lexer/lexer.ts";
import type { Token } from "../../lexer/token.ts";
import { TokenReader } from "../../lexer/token-reader.ts";
import { SqlError } from "../../sql-error.ts";
import type { Identifier, QualifiedName } from "../ast/name.ts";
import { isReserved } from "./keywords.ts";

/** AWS's limit. */
export const MAX_STATEMENT_BYTES: number = 16 * 1024 * 1024;

/** Names longer than this are cut off. */
const MAX_NAME_BYTES = 127;

export interface ParseOptions {
  /** `enable_case_sensitive_identifier`: names in quotes keep their case. */
  readonly caseSensitiveIdentifiers?: boolean;
}

const RULES: LexerRules = { nameQuote: '"', backslashEscapes: true, dollars: true };

/** Tokens with what the dialect's parser asks of them: its names and its words for errors. */
export class TokenStream extends TokenReader {
  readonly caseSensitiveIdentifiers: boolean;

  /** @throws SqlError for a text that is too long, and where its first token is broken */
  constructor(text: string, options: ParseOptions = {}) {
    // A UTF-16 unit takes at most three bytes, so that short texts need not be measured.
    const bytes = text.length * 3 > MAX_STATEMENT_BYTES ? Buffer.byteLength(text) : 0;
    if (bytes > MAX_STATEMENT_BYTES) {
      const message = `Statement is too large. Statement Size: ${bytes} bytes. Maximum Allowed: ${MAX_STATEMENT_BYTES} bytes`;
      throw new SqlError("54000", message);
    }
    super(text, RULES, "stack depth limit exceeded");
    this.caseSensitiveIdentifiers = options.caseSensitiveIdentifiers ?? false;
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

  syntaxError(token: Token = this.current): SqlError {
    return token.kind === "end"
      ? this.error("42601", "syntax error at end of input", token.start)
      : this.error("42601", `syntax error at or near "${this.source(token)}"`, token.start);
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
