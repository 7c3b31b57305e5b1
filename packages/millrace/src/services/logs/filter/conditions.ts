import { invalidParameter, notImplemented } from "../errors.ts";

type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

export type Condition =
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | {
      readonly kind: "compare";
      readonly subject: string;
      readonly operator: Comparison;
      readonly operand: Operand;
    }
  | { readonly kind: "is"; readonly subject: string; readonly what: "NULL" | "TRUE" | "FALSE" }
  | { readonly kind: "exists"; readonly subject: string; readonly wanted: boolean };

interface Operand {
  readonly text: string;
  /** Not a number when the operand is text. */
  readonly number: number;
  readonly wildcard: readonly string[] | undefined;
}

/** How deep brackets may nest. */
const maxDepth = 32;

const tokenPattern =
  /\s*(\$(?:\.\*|\.[\w-]+|\[\d+\]|\[\*\]|\["[^"]*"\]|\['[^']*'\])*|&&|\|\||!=|<=|>=|[()=<>]|"(?:[^"\\]|\\.)*"|%[^%]*%|[^\s()=<>!&|"%]+)\s*/y;

/**
 *   or        => and { "||" and }
 *   and       => condition { "&&" condition }
 *   condition => "(" or ")" | subject comparison operand | subject "IS" ("NULL" | "TRUE" | "FALSE")
 *              | subject [ "NOT" ] "EXISTS"
 */
export function parseConditions(text: string): Condition {
  const parser = new ConditionParser(text);
  return parser.whole();
}

class ConditionParser {
  readonly #text: string;
  readonly #tokens: string[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    tokenPattern.lastIndex = 0;
    for (let end = 0; end < text.length; end = tokenPattern.lastIndex) {
      tokenPattern.lastIndex = end;
      const token = tokenPattern.exec(text)?.[1];
      if (token === undefined) throw this.#invalid();
      this.#tokens.push(token);
    }
  }

  whole(): Condition {
    const condition = this.#or();
    if (this.#at < this.#tokens.length) throw this.#invalid();
    return condition;
  }

  #or(): Condition {
    let left = this.#and();
    while (this.#takes("||")) left = { kind: "or", left, right: this.#and() };
    return left;
  }

  #and(): Condition {
    let left = this.#condition();
    while (this.#takes("&&")) left = { kind: "and", left, right: this.#condition() };
    return left;
  }

  #condition(): Condition {
    if (this.#takes("(")) {
      this.#depth++;
      if (this.#depth > maxDepth) throw this.#invalid();
      const inner = this.#or();
      this.#depth--;
      if (!this.#takes(")")) throw this.#invalid();
      return inner;
    }
    const subject = this.#word();
    const operator = this.#next()?.toUpperCase();
    if (operator === "IS") {
      const what = this.#word().toUpperCase();
      if (what !== "NULL" && what !== "TRUE" && what !== "FALSE") throw this.#invalid();
      return { kind: "is", subject, what };
    }
    if (operator === "EXISTS") return { kind: "exists", subject, wanted: true };
    if (operator === "NOT" && this.#next()?.toUpperCase() === "EXISTS")
      return { kind: "exists", subject, wanted: false };
    if (!isComparison(operator)) throw this.#invalid();
    const operand = operandOf(this.#word());
    if (operator !== "=" && operator !== "!=" && Number.isNaN(operand.number)) throw this.#invalid();
    return { kind: "compare", subject, operator, operand };
  }

  #word(): string {
    const token = this.#next();
    if (token === undefined || isComparison(token) || ["(", ")", "&&", "||"].includes(token))
      throw this.#invalid();
    if (token.startsWith("%")) throw notImplemented("A regular expression (%...%) in a filter pattern");
    return token;
  }

  #next(): string | undefined {
    return this.#tokens[this.#at++];
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #invalid(): Error {
    return invalidParameter(`Invalid filter pattern: ${this.#text}`);
  }
}

function isComparison(token: string | undefined): token is Comparison {
  return token !== undefined && ["=", "!=", "<", "<=", ">", ">="].includes(token);
}

function operandOf(token: string): Operand {
  const isQuoted = token.startsWith('"');
  const text = isQuoted ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token;
  const number = isQuoted || text === "" ? Number.NaN : Number(text);
  return { text, number, wildcard: text.includes("*") ? text.split("*") : undefined };
}

/** Whether a condition holds; `valuesOf` answers all that a subject finds, nothing where it finds nothing. */
export function holds(condition: Condition, valuesOf: (subject: string) => readonly unknown[]): boolean {
  switch (condition.kind) {
    case "and":
      return holds(condition.left, valuesOf) && holds(condition.right, valuesOf);
    case "or":
      return holds(condition.left, valuesOf) || holds(condition.right, valuesOf);
    case "exists":
      return valuesOf(condition.subject).length > 0 === condition.wanted;
    case "is": {
      const wanted = { NULL: null, TRUE: true, FALSE: false }[condition.what];
      return valuesOf(condition.subject).some((value) => value === wanted);
    }
    case "compare":
      return valuesOf(condition.subject).some((value) =>
        compares(value, condition.operator, condition.operand),
      );
  }
}

function compares(value: unknown, operator: Comparison, operand: Operand): boolean {
  if (operator === "=") return equals(value, operand);
  if (operator === "!=") return !equals(value, operand);
  // A field between spaces is text; in JSON only numbers compare.
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number !== "number") return false;
  if (operator === "<") return number < operand.number;
  if (operator === "<=") return number <= operand.number;
  return operator === ">" ? number > operand.number : number >= operand.number;
}

function equals(value: unknown, { text, number, wildcard }: Operand): boolean {
  if (typeof value === "number" && !Number.isNaN(number)) return value === number;
  if (typeof value === "object") return false;
  const given = String(value);
  return wildcard === undefined ? given === text : matchesParts(given, wildcard);
}

/** Whether a text consists of these parts, in their order, with anything in between: linear in its length. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
