/**
 * - `word`: a name or keyword without quotes. `value` is in lower case (ASCII letters only).
 * - `quoted`: a name in quotes, with doubled quotes resolved. `value` is as it was written.
 * - `string`: a literal with escapes resolved.
 * - `bits`: `B'101'`, `X'1f'`. `value` starts with `b` or `x`.
 * - `parameter`: `$1`. `value` is its digits.
 * - `symbol`: one of `( ) [ ] , ; . : ::`, or a character that SQL does not know.
 * - `operator`: a run of operator characters.
 */
export type TokenKind =
  | "word"
  | "quoted"
  | "string"
  | "bits"
  | "number"
  | "parameter"
  | "symbol"
  | "operator"
  | "end";

export class Token {
  readonly kind: TokenKind;
  readonly value: string;
  /** In the statement, in UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** What keywords, symbols and operators are recognised by; empty for all other kinds, whatever they hold. */
  readonly lexeme: string;

  constructor(kind: TokenKind, value: string, start: number, end: number) {
    this.kind = kind;
    this.value = value;
    this.start = start;
    this.end = end;
    this.lexeme = kind === "word" || kind === "symbol" || kind === "operator" ? value : "";
  }
}
