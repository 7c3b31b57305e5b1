import { limits } from "../limits.ts";
import type { Comparator, Condition, Operand } from "./condition.ts";
import { checkBetween, checkComparison, functionCondition, sizeOperand } from "./condition-check.ts";
import { ExpressionError } from "./lexer.ts";
import type { Placeholders } from "./placeholders.ts";
import { TokenStream } from "./token-stream.ts";

/** A part of an expression that is not yet known to be a condition: parentheses hold either. */
type Term =
  | { readonly condition: Condition; readonly operand?: undefined; readonly parenthesized: boolean }
  | { readonly operand: Operand; readonly condition?: undefined; readonly parenthesized: boolean };

const comparators: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);

/**
 * Parses a condition.
 *
 *   condition  => conjunct (OR conjunct)*
 *   conjunct   => negation (AND negation)*
 *   negation   => NOT negation | comparison
 *   comparison => operand comparator operand | operand BETWEEN operand AND operand
 *               | operand IN "(" operand ("," operand)* ")" | function | "(" condition ")"
 *   function   => name "(" operand ("," operand)* ")"
 *   operand    => path | ":value" | size "(" operand ")" | "(" operand ")"
 *
 * @throws ExpressionError
 */
export function parseCondition(text: string, placeholders: Placeholders): Condition {
  const parser = new ConditionParser(new TokenStream(text, placeholders));
  return parser.parse();
}

class ConditionParser {
  readonly #tokens: TokenStream;

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
  }

  parse(): Condition {
    const condition = this.#condition(this.#disjunction());
    this.#tokens.expectEnd();
    return condition;
  }

  #disjunction(): Term {
    return this.#chain("or", () => this.#chain("and", () => this.#negation()));
  }

  #chain(kind: "and" | "or", part: () => Term): Term {
    const first = part();
    if (!this.#tokens.isWord(kind.toUpperCase())) return first;
    const terms = [this.#condition(first)];
    while (this.#tokens.skipWord(kind.toUpperCase())) {
      this.#tokens.countOperator();
      terms.push(this.#condition(part()));
    }
    return asTerm({ kind, terms });
  }

  #negation(): Term {
    if (!this.#tokens.skipWord("NOT")) return this.#comparison();
    this.#tokens.countOperator();
    return this.#tokens.nested(() => asTerm({ kind: "not", term: this.#condition(this.#negation()) }));
  }

  #comparison(): Term {
    const left = this.#primary();
    const tokens = this.#tokens;
    if (tokens.next.kind === "symbol" && comparators.has(tokens.next.text)) {
      const comparator = tokens.take().text as Comparator;
      const operands = [this.#operand(left), this.#operand(this.#primary())] as const;
      tokens.countOperator();
      checkComparison(comparator, ...operands);
      return asTerm({ kind: "compare", comparator, left: operands[0], right: operands[1] });
    }
    if (tokens.isWord("BETWEEN")) return this.#between(this.#operand(left));
    if (tokens.isWord("IN")) return this.#in(this.#operand(left));
    return left;
  }

  #between(operand: Operand): Term {
    this.#tokens.take();
    this.#tokens.countOperator();
    const low = this.#operand(this.#primary());
    if (!this.#tokens.skipWord("AND")) throw this.#tokens.syntaxError();
    const high = this.#operand(this.#primary());
    checkBetween(low, high);
    return asTerm({ kind: "between", operand, low, high });
  }

  #in(operand: Operand): Term {
    this.#tokens.take();
    this.#tokens.countOperator();
    const list = this.#operands();
    if (list.length > limits.inOperands)
      throw new ExpressionError(
        `Too many operands for operator or function; operator or function: IN, number of operands: ${list.length}`,
      );
    return asTerm({ kind: "in", operand, list });
  }

  /** `"(" operand ("," operand)* ")"` */
  #operands(): readonly Operand[] {
    this.#tokens.expectSymbol("(");
    const operands = [this.#operand(this.#primary())];
    while (this.#tokens.skipSymbol(",")) operands.push(this.#operand(this.#primary()));
    this.#tokens.expectSymbol(")");
    return operands;
  }

  #primary(): Term {
    const tokens = this.#tokens;
    if (tokens.isSymbol("(")) return tokens.nested(() => this.#parentheses());
    if (tokens.next.kind === "attribute value") return asOperand({ kind: "value", value: tokens.value() });
    if (tokens.next.kind === "name" && tokens.second.text === "(")
      return tokens.nested(() => this.#function());
    if (!tokens.isAtPath || tokens.isWord("NOT")) throw tokens.syntaxError();
    return asOperand({ kind: "path", path: tokens.path() });
  }

  #parentheses(): Term {
    this.#tokens.expectSymbol("(");
    const inner = this.#disjunction();
    this.#tokens.expectSymbol(")");
    if (inner.parenthesized) throw new ExpressionError("The expression has redundant parentheses;");
    return { ...inner, parenthesized: true };
  }

  #function(): Term {
    const name = this.#tokens.take().text;
    this.#tokens.countOperator();
    const operands = this.#operands();
    if (name === "size") return asOperand(sizeOperand(operands));
    return asTerm(functionCondition(name, operands));
  }

  #condition(term: Term): Condition {
    if (term.condition !== undefined) return term.condition;
    if (term.operand.kind === "size") throw misused("size");
    throw this.#tokens.syntaxError();
  }

  #operand(term: Term): Operand {
    if (term.operand !== undefined) return term.operand;
    const name = functionNames[term.condition.kind];
    throw name === undefined ? this.#tokens.syntaxError() : misused(name);
  }
}

const functionNames: Readonly<Record<string, string>> = {
  exists: "attribute_exists",
  "not exists": "attribute_not_exists",
  type: "attribute_type",
  "begins with": "begins_with",
  contains: "contains",
};

function misused(name: string): ExpressionError {
  return new ExpressionError(
    `The function is not allowed to be used this way in an expression; function: ${name}`,
  );
}

function asTerm(condition: Condition): Term {
  return { condition, parenthesized: false };
}

function asOperand(operand: Operand): Term {
  return { operand, parenthesized: false };
}
