import { CatalogError } from "../errors.ts";
import { literalValue } from "../key-type.ts";
import type { PartitionKey } from "../partition-key.ts";
import type { Filter, Literal, Operator } from "./filter.ts";
import { type Token, tokensOf, unsupported } from "./token.ts";

const operators: ReadonlyMap<string, Operator> = new Map([
  ["=", "="],
  ["<>", "<>"],
  ["!=", "<>"],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
]);

/**
 * Reads GetPartitions' `Expression` against the table's partition keys; undefined for a blank one, which
 * filters nothing.
 *
 *   or        => and ("OR" and)*
 *   and       => not ("AND" not)*
 *   not       => "NOT" not | primary
 *   primary   => "(" or ")" | condition
 *   condition => key operator literal
 *              | key ["NOT"] "BETWEEN" literal "AND" literal
 *              | key ["NOT"] "IN" "(" literal ("," literal)* ")"
 *              | key ["NOT"] "LIKE" string
 *              | key "IS" ["NOT"] "NULL"
 *   key       => word | "(" key ")"
 *   literal   => string | number | ("DATE" | "TIMESTAMP") string | "(" literal ")"
 *
 * @throws CatalogError "invalid" in AWS's words
 */
export function parseFilter(expression: string, keys: readonly PartitionKey[]): Filter | undefined {
  if (expression.trim() === "") return undefined;
  return new FilterParser(expression, keys).parse();
}

class FilterParser {
  readonly #expression: string;
  readonly #keys: readonly PartitionKey[];
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(expression: string, keys: readonly PartitionKey[]) {
    this.#expression = expression;
    this.#keys = keys;
    this.#tokens = tokensOf(expression);
  }

  parse(): Filter {
    const filter = this.#or();
    if (this.#peek().kind !== "end") throw unsupported(this.#expression);
    return filter;
  }

  #or(): Filter {
    const operands = [this.#and()];
    while (this.#takeWord("OR")) operands.push(this.#and());
    return joined("or", operands);
  }

  #and(): Filter {
    const operands = [this.#not()];
    while (this.#takeWord("AND")) operands.push(this.#not());
    return joined("and", operands);
  }

  #not(): Filter {
    let negations = 0;
    while (this.#takeWord("NOT")) negations++;
    const operand = this.#primary();
    return negations % 2 === 0 ? operand : { kind: "not", operand };
  }

  #primary(): Filter {
    if (!this.#isGroup()) return this.#condition();
    this.#expectSymbol("(");
    const filter = this.#or();
    this.#expectSymbol(")");
    return filter;
  }

  /** Whether a parenthesis here is about a condition, not about the key alone: `((a) = 1)`. */
  #isGroup(): boolean {
    let depth = 0;
    while (this.#isSymbol(depth, "(")) depth++;
    if (depth === 0) return false;
    let closed = 0;
    while (this.#isSymbol(depth + 1 + closed, ")")) closed++;
    return closed < depth;
  }

  #condition(): Filter {
    const key = this.#key();
    if (this.#takeWord("IS")) {
      const negated = this.#takeWord("NOT");
      this.#expectWord("NULL");
      return { kind: "null", key, negated };
    }
    const operator = this.#takeOperator();
    if (operator !== undefined) return { kind: "compare", key, operator, value: this.#literal(key) };
    const negated = this.#takeWord("NOT");
    if (this.#takeWord("BETWEEN")) return this.#between(key, negated);
    if (this.#takeWord("IN")) return { kind: "in", key, values: this.#list(key), negated };
    if (this.#takeWord("LIKE")) return { kind: "like", key, pattern: this.#pattern(key), negated };
    throw unsupported(this.#expression);
  }

  #between(key: PartitionKey, negated: boolean): Filter {
    const low = this.#literal(key);
    this.#expectWord("AND");
    return { kind: "between", key, low, high: this.#literal(key), negated };
  }

  #key(): PartitionKey {
    if (this.#takeSymbol("(")) {
      const key = this.#key();
      this.#expectSymbol(")");
      return key;
    }
    const token = this.#next();
    if (token.kind !== "word") throw unsupported(this.#expression);
    const name = token.text.toLowerCase();
    const key = this.#keys.find((candidate) => candidate.name.toLowerCase() === name);
    if (key === undefined) throw invalid(`Unknown column '${token.text}'`);
    if (key.kind === undefined) throw invalid(`Unknown type : '${key.type}'`);
    return key;
  }

  #list(key: PartitionKey): readonly Literal[] {
    this.#expectSymbol("(");
    const values = [this.#literal(key)];
    while (this.#takeSymbol(",")) values.push(this.#literal(key));
    this.#expectSymbol(")");
    return values;
  }

  #literal(key: PartitionKey): Literal {
    let open = 0;
    while (this.#takeSymbol("(")) open++;
    let token = this.#next();
    const prefix = token.kind === "word" ? token.text.toUpperCase() : "";
    if (prefix === "DATE" || prefix === "TIMESTAMP") {
      token = this.#next();
      if (token.kind !== "string") throw unsupported(this.#expression);
    }
    if (token.kind !== "string" && token.kind !== "number") throw unsupported(this.#expression);
    for (; open > 0; open--) this.#expectSymbol(")");
    return literalValue(key.kind ?? "string", token.text);
  }

  #pattern(key: PartitionKey): string {
    const token = this.#next();
    if (token.kind !== "string") throw unsupported(this.#expression);
    if (key.kind === "string") return token.text;
    const kind = key.kind === "integer" ? "integral" : (key.kind ?? "");
    const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    throw invalid(`${name} data type doesn't support operation 'LIKE'`);
  }

  #takeOperator(): Operator | undefined {
    const token = this.#peek();
    const operator = token.kind === "symbol" ? operators.get(token.text) : undefined;
    if (operator !== undefined) this.#at++;
    return operator;
  }

  #peek(ahead: number = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: "end", text: "" };
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #isSymbol(ahead: number, text: string): boolean {
    const token = this.#peek(ahead);
    return token.kind === "symbol" && token.text === text;
  }

  #takeSymbol(text: string): boolean {
    if (!this.#isSymbol(0, text)) return false;
    this.#at++;
    return true;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token.kind !== "word" || token.text.toUpperCase() !== word) return false;
    this.#at++;
    return true;
  }

  #expectSymbol(text: string): void {
    if (!this.#takeSymbol(text)) throw unsupported(this.#expression);
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word)) throw unsupported(this.#expression);
  }
}

function joined(kind: "and" | "or", operands: readonly Filter[]): Filter {
  const [only, ...others] = operands;
  return only !== undefined && others.length === 0 ? only : { kind, operands };
}

const invalid = (message: string): CatalogError => new CatalogError("invalid", "expression", message);
