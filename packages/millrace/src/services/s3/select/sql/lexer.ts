import { type Place, selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";
import type { Token } from "./token.ts";

/*
 * name   => [A-Za-z_$] [A-Za-z0-9_$]*
 * quoted => '"' ( [^"] | '""' )* '"'
 * string => "'" ( [^'] | "''" )* "'"
 * ion    => '`' [^`]* '`'
 * number => digits [ '.' digits ] [ ( 'e' | 'E' ) [ '+' | '-' ] digits ] | '.' digits ...
 * symbol => one of the table below, the longest that fits
 * Between them: white space, '-- to the end of the line', and comments between slash and star.
 */
const symbols = [
  "<=",
  ">=",
  "<>",
  "!=",
  "||",
  "(",
  ")",
  "[",
  "]",
  ",",
  ".",
  "*",
  "/",
  "%",
  "+",
  "-",
  "<",
  ">",
  "=",
  ";",
] as const;
const space = /\s+/y;
const lineComment = /--[^\n]*/y;
const blockComment = /\/\*[\s\S]*?\*\//y;
const name = /[A-Za-z_$\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/** The tokens of an expression; the last one is its end. */
export function tokensOf(expression: string): readonly Token[] {
  if (Buffer.byteLength(expression) > selectLimits.expressionBytes) throw selectError("ExpressionTooLong");
  return new Lexer(expression).read();
}

class Lexer {
  readonly #text: string;
  #position = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Token[] {
    const tokens: Token[] = [];
    for (;;) {
      this.#skipSpace();
      const place = this.#place();
      if (this.#position >= this.#text.length) {
        tokens.push({ kind: "end", text: "", word: "", place });
        return tokens;
      }
      tokens.push(this.#next(place));
    }
  }

  #place(): Place {
    return { line: this.#line, column: this.#position - this.#lineStart + 1 };
  }

  #next(place: Place): Token {
    const first = this.#text[this.#position] ?? "";
    if (first === "'") return { kind: "string", text: this.#enclosed("'", place), word: "", place };
    if (first === '"') return { kind: "quoted", text: this.#enclosed('"', place), word: "", place };
    if (first === "`") return { kind: "ion", text: this.#enclosed("`", place), word: "", place };
    const word = this.#match(name);
    if (word !== undefined) return { kind: "name", text: word, word: word.toLowerCase(), place };
    const digits = this.#match(number);
    if (digits !== undefined) {
      if (this.#match(name) !== undefined)
        throw selectError("LexerInvalidLiteral", `Found '${digits}'`, place);
      return { kind: "number", text: digits, word: "", place };
    }
    const symbol = symbols.find((candidate) => this.#text.startsWith(candidate, this.#position));
    if (symbol === undefined) {
      const code = "!|&^~=:@?#".includes(first) ? "LexerInvalidOperator" : "LexerInvalidChar";
      throw selectError(code, `Found ${JSON.stringify(first)}`, place);
    }
    this.#position += symbol.length;
    return { kind: "symbol", text: symbol, word: "", place };
  }

  #skipSpace(): void {
    const text = this.#text;
    for (;;) {
      const skipped = this.#match(space) ?? this.#match(lineComment) ?? this.#match(blockComment);
      if (skipped === undefined) return;
      this.#countLines(text, this.#position - skipped.length, this.#position);
    }
  }

  #countLines(text: string, from: number, to: number): void {
    for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) {
      this.#line++;
      this.#lineStart = at + 1;
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#position += found.length;
    return found;
  }

  /** The text between two quotes, of which a doubled one stands for itself. */
  #enclosed(quote: string, place: Place): string {
    const start = this.#position;
    let parts = "";
    let from = start + 1;
    for (;;) {
      const end = this.#text.indexOf(quote, from);
      if (end === -1) throw selectError("LexerInvalidLiteral", `The ${quote} is not closed`, place);
      parts += this.#text.slice(from, end);
      from = end + 1;
      if (quote === "`" || this.#text[from] !== quote) break;
      parts += quote;
      from++;
    }
    this.#position = from;
    this.#countLines(this.#text, start, from);
    return parts;
  }
}
