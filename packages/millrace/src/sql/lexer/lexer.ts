import { SqlError } from "../sql-error.ts";
import {
  foldCase,
  hexDigit,
  isDigit,
  isNamePart,
  isNameStart,
  isOperatorPart,
  isSpace,
} from "./characters.ts";
import { resolveBackslashes, resolveUnicodeEscapes } from "./string-escapes.ts";
import { Token } from "./token.ts";

/** What dialects have different from each other. */
export interface LexerRules {
  /** Around names: `"` or a backquote. */
  readonly nameQuote: '"' | "`";
  /** Whether a backslash escapes in ordinary literals. In E'' literals it always does. */
  readonly backslashEscapes: boolean;
  /** `$$ text $$`, `$tag$ text $tag$` and `$1`. */
  readonly dollars: boolean;
  /**
   * All operators there are, of which the longest is taken; longer ones come before those they begin with. Without
   * this, operators are what PostgreSQL takes for one. With an operator that begins with `/*`, such as that of
   * hints, what begins with it is no comment.
   */
  readonly operators?: readonly string[];
  /** A comment ends with its first end, whatever it holds. */
  readonly flatComments?: boolean;
  /** Comments to the end of the line may begin with `//`, too. */
  readonly slashComments?: boolean;
}

const QUOTE = 0x27;
const BACKSLASH = 0x5c;
const DOT = 0x2e;
const DOLLAR = 0x24;
const PLUS = 0x2b;
const MINUS = 0x2d;
const SLASH = 0x2f;
const STAR = 0x2a;

/** PostgreSQL's; no operator of any dialect comes near it. */
const MAX_OPERATOR_LENGTH = 63;

/** An operator of several characters may end in `+` or `-` only if it holds one of these. */
const LONG_OPERATOR = /[~!@#^&|`?%]/;

const isSign = (code: number): boolean => code === PLUS || code === MINUS;

/**
 * Reads tokens from `text` one after another by PostgreSQL's rules. It has no state but its place, so that a reader
 * may go back. Positions in tokens count from `origin`, where the statement begins.
 */
export class Lexer {
  readonly text: string;
  origin = 0;
  /** Where the next token is looked for. */
  offset = 0;
  readonly #rules: LexerRules;
  readonly #nameQuote: number;
  /** The rules' operators by their first character. */
  readonly #operators: ReadonlyMap<string, readonly string[]> | undefined;
  readonly #hint: string | undefined;

  constructor(text: string, rules: LexerRules) {
    this.text = text;
    this.#rules = rules;
    this.#nameQuote = rules.nameQuote.charCodeAt(0);
    this.#operators =
      rules.operators === undefined ? undefined : Map.groupBy(rules.operators, (text) => text.charAt(0));
    this.#hint = rules.operators?.find((operator) => operator.startsWith("/*"));
  }

  next(): Token {
    this.#skipBlanks();
    const start = this.offset;
    const { text } = this;
    if (start >= text.length) {
      return this.#token("end", "", start, start);
    }
    const code = text.charCodeAt(start);
    if (isNameStart(code)) {
      return this.#prefixedLiteral(start, code) ?? this.#word(start);
    }
    if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(start + 1)))) {
      return this.#number(start);
    }
    if (code === QUOTE) {
      return this.#string(start, start, this.#rules.backslashEscapes, false);
    }
    if (code === this.#nameQuote) {
      return this.#quotedName(start);
    }
    if (code === DOLLAR && this.#rules.dollars) {
      return this.#dollar(start);
    }
    if (this.#operators !== undefined) {
      return this.#listedOperator(start, this.#operators);
    }
    return isOperatorPart(code) ? this.#operator(start) : this.#symbol(start);
  }

  /** Moves behind blanks, but not behind comments: a statement's text keeps the comment before it. */
  skipSpaces(): void {
    while (isSpace(this.text.charCodeAt(this.offset))) {
      this.offset++;
    }
  }

  error(message: string, start: number, end: number = this.text.length): SqlError {
    return new SqlError("42601", `${message} at or near "${this.text.slice(start, end)}"`, {
      position: start,
    });
  }

  #token(kind: Token["kind"], value: string, start: number, end: number): Token {
    this.offset = end;
    return new Token(kind, value, start - this.origin, end - this.origin);
  }

  #skipBlanks(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.offset);
      if (isSpace(code)) {
        this.offset++;
      } else if (code === MINUS && text.charCodeAt(this.offset + 1) === MINUS) {
        this.#skipLine();
      } else if (code === SLASH && text.charCodeAt(this.offset + 1) === STAR && !this.#atHint()) {
        this.#skipComment();
      } else if (this.#rules.slashComments && text.startsWith("//", this.offset)) {
        this.#skipLine();
      } else {
        return;
      }
    }
  }

  #atHint(): boolean {
    return this.#hint !== undefined && this.text.startsWith(this.#hint, this.offset);
  }

  #skipLine(): void {
    const { text } = this;
    while (this.offset < text.length) {
      const code = text.charCodeAt(this.offset);
      if (code === 0x0a || code === 0x0d) {
        return;
      }
      this.offset++;
    }
  }

  /** Comments nest, unless the rules say otherwise. */
  #skipComment(): void {
    const { text } = this;
    const start = this.offset;
    if (this.#rules.flatComments) {
      const end = text.indexOf("*/", start + 2);
      if (end < 0) {
        throw this.error("unterminated /* comment", start);
      }
      this.offset = end + 2;
      return;
    }
    let depth = 0;
    let at = start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === SLASH && text.charCodeAt(at + 1) === STAR) {
        depth++;
        at += 2;
      } else if (code === STAR && text.charCodeAt(at + 1) === SLASH) {
        depth--;
        at += 2;
        if (depth === 0) {
          this.offset = at;
          return;
        }
      } else {
        at++;
      }
    }
    throw this.error("unterminated /* comment", start);
  }

  #word(start: number): Token {
    const { text } = this;
    let end = start + 1;
    while (isNamePart(text.charCodeAt(end))) {
      end++;
    }
    return this.#token("word", foldCase(text.slice(start, end)), start, end);
  }

  /** `E''`, `N''`, `B''`, `X''`, `U&''` and `U&""`. */
  #prefixedLiteral(start: number, code: number): Token | undefined {
    const { text } = this;
    const quote = text.charCodeAt(start + 1);
    const letter = code | 0x20;
    if (quote === QUOTE) {
      switch (letter) {
        case 0x65:
          return this.#string(start, start + 1, true, true);
        case 0x6e:
          return this.#string(start, start + 1, this.#rules.backslashEscapes, false);
        case 0x62:
        case 0x78:
          return this.#bits(start, letter === 0x62 ? "b" : "x");
        default:
          return undefined;
      }
    }
    if (letter === 0x75 && quote === 0x26 && text.charCodeAt(start + 2) === QUOTE) {
      const token = this.#string(start, start + 2, false, false);
      const value = resolveUnicodeEscapes(token.value);
      if (value === undefined) {
        throw this.error("invalid Unicode escape value", start, this.offset);
      }
      return this.#token("string", value, start, this.offset);
    }
    return undefined;
  }

  #bits(start: number, prefix: "b" | "x"): Token {
    const token = this.#string(start, start + 1, false, false);
    for (const character of token.value) {
      const digit = hexDigit(character.charCodeAt(0));
      if (digit < 0 || (prefix === "b" && digit > 1)) {
        const kind = prefix === "b" ? "binary" : "hexadecimal";
        const message = `"${character}" is not a valid ${kind} digit`;
        throw new SqlError("22P02", message, { position: start });
      }
    }
    return this.#token("bits", prefix + token.value, start, this.offset);
  }

  /** A literal whose first quote is at `quote`. Parts with a line break between them are one literal. */
  #string(start: number, quote: number, escapes: boolean, extended: boolean): Token {
    let value = "";
    let from = quote;
    for (;;) {
      const end = this.#endOfString(start, from, escapes);
      const body = this.text.slice(from + 1, end - 1);
      value +=
        escapes && body.includes("\\") ? resolveBackslashes(body, extended) : body.replaceAll("''", "'");
      const next = this.#continuation(end);
      if (next === undefined) {
        return this.#token("string", value, start, end);
      }
      from = next;
    }
  }

  /** Behind the closing quote of the literal that opens at `quote`. */
  #endOfString(start: number, quote: number, escapes: boolean): number {
    const { text } = this;
    let at = quote + 1;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH && escapes) {
        at += 2;
      } else if (code !== QUOTE) {
        at++;
      } else if (text.charCodeAt(at + 1) === QUOTE) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw this.error("unterminated quoted string", start);
  }

  /** Where a literal goes on: at the next quote, if only blanks with a line break are before it. */
  #continuation(end: number): number | undefined {
    const { text } = this;
    let at = end;
    let lineBreak = false;
    while (isSpace(text.charCodeAt(at))) {
      lineBreak ||= text.charCodeAt(at) === 0x0a || text.charCodeAt(at) === 0x0d;
      at++;
    }
    return lineBreak && text.charCodeAt(at) === QUOTE ? at : undefined;
  }

  #quotedName(start: number): Token {
    const { text } = this;
    const quote = this.#rules.nameQuote;
    let at = text.indexOf(quote, start + 1);
    while (at >= 0 && text.charCodeAt(at + 1) === this.#nameQuote) {
      at = text.indexOf(quote, at + 2);
    }
    if (at < 0) {
      throw this.error("unterminated quoted identifier", start);
    }
    if (at === start + 1) {
      throw this.error("zero-length delimited identifier", start, at + 1);
    }
    const value = text.slice(start + 1, at).replaceAll(quote + quote, quote);
    return this.#token("quoted", value, start, at + 1);
  }

  // digits [. digits] [e [+|-] digits], or . digits [...]. What follows without a blank is another token.
  #number(start: number): Token {
    const { text } = this;
    let end = this.#digits(start);
    if (text.charCodeAt(end) === DOT && text.charCodeAt(end + 1) !== DOT) {
      end = this.#digits(end + 1);
    }
    if ((text.charCodeAt(end) | 0x20) === 0x65) {
      const sign = text.charAt(end + 1);
      const exponent = sign === "+" || sign === "-" ? end + 2 : end + 1;
      if (isDigit(text.charCodeAt(exponent))) {
        end = this.#digits(exponent);
      }
    }
    return this.#token("number", text.slice(start, end), start, end);
  }

  #digits(start: number): number {
    let end = start;
    while (isDigit(this.text.charCodeAt(end))) {
      end++;
    }
    return end;
  }

  // $1, $$ text $$, $tag$ text $tag$; a tag is a name without dollars.
  #dollar(start: number): Token {
    const { text } = this;
    const digits = this.#digits(start + 1);
    if (digits > start + 1) {
      return this.#token("parameter", text.slice(start + 1, digits), start, digits);
    }
    let end = start + 1;
    while (isNamePart(text.charCodeAt(end)) && text.charCodeAt(end) !== DOLLAR) {
      end++;
    }
    if (text.charCodeAt(end) !== DOLLAR) {
      return this.#token("symbol", "$", start, start + 1);
    }
    const tag = text.slice(start, end + 1);
    const close = text.indexOf(tag, end + 1);
    if (close < 0) {
      throw this.error("unterminated dollar-quoted string", start);
    }
    return this.#token("string", text.slice(end + 1, close), start, close + tag.length);
  }

  #operator(start: number): Token {
    const { text } = this;
    const limit = Math.min(text.length, start + MAX_OPERATOR_LENGTH);
    let end = start;
    while (end < limit && isOperatorPart(text.charCodeAt(end))) {
      const pair = end > start ? text.slice(end, end + 2) : "";
      if (pair === "--" || pair === "/*") {
        break;
      }
      end++;
    }
    // `=#stage.id`: the sign belongs to the name of a temporary table.
    if (end - start > 1 && text.charAt(end - 1) === "#" && isNameStart(text.charCodeAt(end))) {
      end--;
    }
    if (!LONG_OPERATOR.test(text.slice(start, end))) {
      while (end - start > 1 && isSign(text.charCodeAt(end - 1))) {
        end--;
      }
    }
    return this.#token("operator", text.slice(start, end), start, end);
  }

  #listedOperator(start: number, operators: ReadonlyMap<string, readonly string[]>): Token {
    const { text } = this;
    const found = operators.get(text.charAt(start))?.find((operator) => text.startsWith(operator, start));
    return found === undefined
      ? this.#token("symbol", text.charAt(start), start, start + 1)
      : this.#token("operator", found, start, start + found.length);
  }

  #symbol(start: number): Token {
    const { text } = this;
    const end = text.startsWith("::", start) ? start + 2 : start + 1;
    return this.#token("symbol", text.slice(start, end), start, end);
  }
}
