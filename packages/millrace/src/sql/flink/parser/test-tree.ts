import { SqlError } from "../../sql-error.ts";
import type { Statement } from "../ast/statement.ts";
import type { Expression, Query, Select } from "../ast/tree.ts";
import { parseExpressionText, parseScript } from "./flink-parser.ts";

/** The statement that is the whole text. */
export function statementOf(text: string): Statement {
  const [first, ...others] = parseScript(text);
  if (first === undefined || others.length > 0) {
    throw new Error(`${others.length + 1} statements`);
  }
  return first.ast;
}

function queryOf(text: string): Query {
  const statement = statementOf(text);
  if (statement.kind !== "query") {
    throw new Error(`a ${statement.kind} instead of a query`);
  }
  return statement;
}

export function selectOf(text: string): Select {
  const { body } = queryOf(text);
  if (body.kind !== "select") {
    throw new Error(`a ${body.kind} instead of a select`);
  }
  return body;
}

/** The error that a text gives. */
export function errorOf(text: string): SqlError {
  try {
    parseScript(text);
  } catch (error) {
    if (error instanceof SqlError) {
      return error;
    }
    throw error;
  }
  throw new Error(`no error: ${text.slice(0, 200)}`);
}

const LEFT_OUT: ReadonlySet<string> = new Set(["span", "asSpan", "operatorSpan", "quoted"]);

/** A tree without what only says how and where it was written. */
export function bare(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, function (this: object, key, value: unknown) {
      // The text of a view is that of its query.
      return LEFT_OUT.has(key) || (key === "text" && "query" in this) ? undefined : value;
    }),
  );
}

/** An expression of operators with all of its brackets: `a + b * c` is `(a + (b * c))`. */
export function brackets(source: string | Expression): string {
  const expression = typeof source === "string" ? parseExpressionText(source) : source;
  switch (expression.kind) {
    case "binary":
      return `(${brackets(expression.left)} ${expression.operator} ${brackets(expression.right)})`;
    case "logical":
      return `(${brackets(expression.left)} ${expression.operator} ${brackets(expression.right)})`;
    case "not":
      return `(not ${brackets(expression.operand)})`;
    case "unary":
      return `(${expression.operator}${brackets(expression.operand)})`;
    case "is":
      return `(${brackets(expression.operand)} is ${expression.negated ? "not " : ""}${expression.test})`;
    case "is-distinct":
      return `(${brackets(expression.operand)} is distinct ${brackets(expression.other)})`;
    case "between":
      return `(${brackets(expression.operand)} between ${brackets(expression.low)} ${brackets(expression.high)})`;
    case "like":
      return `(${brackets(expression.operand)} like ${brackets(expression.pattern)})`;
    case "in-list":
      return `(${brackets(expression.operand)} in ${expression.items.map(brackets).join(" ")})`;
    case "reference":
      return expression.parts.map(({ name }) => name).join(".");
    case "field":
      return `${brackets(expression.base)}->${expression.name.name}`;
    case "subscript":
      return `${brackets(expression.base)}[${brackets(expression.index)}]`;
    case "number":
      return expression.text;
    default:
      return expression.kind;
  }
}
