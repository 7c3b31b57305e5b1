import { SqlError } from "../../sql-error.ts";
import type { Expression, Query, Select } from "../ast/tree.ts";
import { parseExpression } from "./expression.ts";
import { parseStatement } from "./redshift-parser.ts";
import { TokenStream } from "./token-stream.ts";

/** The expression that is the whole text. */
export function expressionOf(text: string): Expression {
  const stream = new TokenStream(text);
  const expression = parseExpression(stream);
  if (!stream.atEnd()) {
    throw stream.syntaxError();
  }
  return expression;
}

export function queryOf(text: string): Query {
  const statement = parseStatement(text);
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

/** The error that a text or a function gives. */
export function errorOf(source: string | (() => unknown)): SqlError {
  try {
    if (typeof source === "string") {
      parseStatement(source);
    } else {
      source();
    }
  } catch (error) {
    if (error instanceof SqlError) {
      return error;
    }
    throw error;
  }
  throw new Error("no error");
}

/** A tree without what only says how and where it was written. */
export function bare(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) =>
      key === "span" || key === "operatorSpan" || key === "quoted" ? undefined : value,
    ),
  );
}

/** An expression of operators with all of its brackets: `a + b * c` is `(a + (b * c))`. */
export function brackets(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return expression.text;
    case "boolean":
      return String(expression.value);
    case "string":
      return `'${expression.value}'`;
    case "null":
      return "null";
    case "reference":
      return expression.parts.map(({ name }) => name).join(".");
    case "row":
      return `(${expression.items.map(brackets).join(", ")})`;
    case "scalar-query":
      return "(select)";
    default:
      return `(${operation(expression)})`;
  }
}

function operation(expression: Expression): string {
  const not = "negated" in expression && expression.negated ? "not " : "";
  switch (expression.kind) {
    case "binary":
    case "logical":
      return `${brackets(expression.left)} ${expression.operator} ${brackets(expression.right)}`;
    case "unary":
      return expression.postfix
        ? `${brackets(expression.operand)} ${expression.operator}`
        : `${expression.operator} ${brackets(expression.operand)}`;
    case "not":
      return `not ${brackets(expression.operand)}`;
    case "is":
      return `${brackets(expression.operand)} is ${not}${expression.test}`;
    case "like":
      return `${brackets(expression.operand)} ${not}${expression.operator} ${brackets(expression.pattern)}`;
    case "between":
      return `${brackets(expression.operand)} ${not}between ${brackets(expression.low)} and ${brackets(expression.high)}`;
    case "in-list":
      return `${brackets(expression.operand)} ${not}in ${expression.items.map(brackets).join(" ")}`;
    case "in-query":
      return `${brackets(expression.operand)} ${not}in (select)`;
    case "at-time-zone":
      return `${brackets(expression.operand)} at ${brackets(expression.zone)}`;
    case "cast":
      return `${brackets(expression.operand)} :: ${expression.type.name}`;
    case "subscript":
      return `${brackets(expression.base)} [] ${brackets(expression.index)}`;
    case "field":
      return `${brackets(expression.base)} . ${expression.name.name}`;
    case "prior":
      return `prior ${brackets(expression.operand)}`;
    case "call":
      return `${expression.name.parts.map(({ name }) => name).join(".")} ${expression.arguments.map(brackets).join(" ")}`;
    default:
      return expression.kind;
  }
}
