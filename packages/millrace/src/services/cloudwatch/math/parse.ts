import type { BinaryOperator, MathNode } from "./node.ts";

/** Says what is wrong with an expression; the caller adds whose it is. */
export class MathError extends Error {
  override readonly name = "MathError";
}

/** How deep brackets and calls may nest. */
const maxDepth = 64;

interface Token {
  readonly kind: "number" | "string" | "name" | "symbol" | "end";
  readonly text: string;
}

const space = /\s+/y;
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_][A-Za-z0-9_.]*/y;
const string = /"([^"]*)"|'([^']*)'/y;
const symbol = /==|!=|<=|>=|&&|\|\||[-+*/^<>(),[\]]/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    take(space);
    if (at >= text.length) break;
    const found = take(number);
    if (found !== null) {
      tokens.push({ kind: "number", text: found[0] });
      continue;
    }
    const word = take(name);
    if (word !== null) {
      tokens.push({ kind: "name", text: word[0] });
      continue;
    }
    const quoted = take(string);
    if (quoted !== null) {
      tokens.push({ kind: "string", text: quoted[1] ?? quoted[2] ?? "" });
      continue;
    }
    const sign = take(symbol);
    if (sign === null) throw new MathError(`Unexpected character '${text[at]}' at position ${at + 1}`);
    tokens.push({ kind: "symbol", text: sign[0] });
  }
  tokens.push({ kind: "end", text: "end of expression" });
  return tokens;
}

/** From the loosest to the tightest. Powers come after these, and bind to the right. */
const levels: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { OR: "OR", "||": "OR" },
  { AND: "AND", "&&": "AND" },
  { "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=" },
  { "+": "+", "-": "-" },
  { "*": "*", "/": "/" },
];

/**
 *   or      => and { (OR | "||") and }          sum     => product { ("+" | "-") product }
 *   and     => compare { (AND | "&&") compare } product => unary { ("*" | "/") unary }
 *   compare => sum { ("==" | "<" | ...) sum }   unary   => "-" unary | power
 *   power   => primary [ "^" unary ]
 *   primary => number | string | name | name "(" [ or { "," or } ] ")" | "[" or { "," or } "]" | "(" or ")"
 */
export function parseMath(text: string): MathNode {
  const parser = new MathParser(tokensOf(text));
  return parser.whole();
}

class MathParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): MathNode {
    const node = this.#expression();
    if (this.#next.kind !== "end") throw new MathError(`Unexpected '${this.#next.text}'`);
    return node;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "end of expression" };
  }

  #expression(): MathNode {
    this.#depth++;
    if (this.#depth > maxDepth) throw new MathError("The expression is nested too deeply");
    const node = this.#level(0);
    this.#depth--;
    return node;
  }

  #level(level: number): MathNode {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#level(level + 1);
    for (;;) {
      const { kind, text } = this.#next;
      const isOperator = (kind === "symbol" || kind === "name") && Object.hasOwn(operators, text);
      const operator = isOperator ? operators[text] : undefined;
      if (operator === undefined) return left;
      this.#at++;
      left = { kind: "binary", operator, left, right: this.#level(level + 1) };
    }
  }

  #unary(): MathNode {
    if (!this.#takes("-")) return this.#power();
    this.#depth++;
    if (this.#depth > maxDepth) throw new MathError("The expression is nested too deeply");
    const of = this.#unary();
    this.#depth--;
    return { kind: "negate", of };
  }

  #power(): MathNode {
    const left = this.#primary();
    return this.#takes("^") ? { kind: "binary", operator: "^", left, right: this.#unary() } : left;
  }

  #primary(): MathNode {
    const { kind, text } = this.#next;
    if (kind === "end") throw new MathError("Unexpected end of expression");
    this.#at++;
    if (kind === "number") return { kind, value: Number(text) };
    if (kind === "string") return { kind, value: text };
    if (kind === "name")
      return this.#takes("(") ? { kind: "call", name: text, args: this.#items(")") } : { kind, name: text };
    if (text === "[") return { kind: "list", items: this.#items("]") };
    if (text !== "(") throw new MathError(`Unexpected '${text}'`);
    const inner = this.#expression();
    this.#expect(")");
    return inner;
  }

  #items(end: string): MathNode[] {
    const items: MathNode[] = [];
    if (this.#takes(end)) return items;
    do items.push(this.#expression());
    while (this.#takes(","));
    this.#expect(end);
    return items;
  }

  #takes(text: string): boolean {
    if (this.#next.kind !== "symbol" || this.#next.text !== text) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw new MathError(`Expected '${text}' before '${this.#next.text}'`);
  }
}
