import type { BinaryOperator, Case, Expression, Like, TableArgument } from "../ast/tree.ts";
import { BINDING } from "../parser/grammar.ts";
import { callText, jsonText } from "./call-text.ts";
import { leafText } from "./leaf-text.ts";
import { joined, nameText, pathText, type TextWriter } from "./text-writer.ts";
import { dataTypeText, unitText } from "./type-text.ts";

/** Of what needs no brackets anywhere. */
const PRIMARY = BINDING.sign + 1;

/** How tightly the outermost operator of an expression binds. */
export function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case "logical":
      return expression.operator === "or" ? BINDING.or : BINDING.and;
    case "not":
      return BINDING.not;
    case "is":
      return BINDING.is;
    case "is-distinct":
    case "quantified":
      return BINDING.comparison;
    case "between":
    case "in-list":
    case "in-query":
    case "like":
      return BINDING.predicate;
    case "binary":
      return operatorBinding(expression.operator);
    case "unary":
      return BINDING.sign;
    default:
      return PRIMARY;
  }
}

function operatorBinding(operator: BinaryOperator): number {
  switch (operator) {
    case "+":
    case "-":
      return BINDING.sum;
    case "*":
    case "/":
    case "%":
    case "||":
      return BINDING.product;
    default:
      return operator.startsWith("multiset") ? BINDING.multiset : BINDING.comparison;
  }
}

export function expressionText(writer: TextWriter, expression: Expression): string {
  const text = writer.expression.bind(writer);
  switch (expression.kind) {
    case "subscript":
      return `${baseText(writer, expression.base)}[${text(expression.index)}]`;
    case "field": {
      // A name in brackets: without them the field would be a part of it.
      const base = expression.base;
      const before = base.kind === "reference" ? `(${text(base)})` : baseText(writer, base);
      return `${before}.${nameText(expression.name)}`;
    }
    case "unary": {
      const operand = text(expression.operand, BINDING.sign);
      return `${expression.operator}${/^[-+]/.test(operand) ? " " : ""}${operand}`;
    }
    case "binary": {
      const binding = operatorBinding(expression.operator);
      const operator = expression.operator.toUpperCase();
      return `${text(expression.left, binding)} ${operator} ${text(expression.right, binding + 1)}`;
    }
    case "logical": {
      const binding = bindingOf(expression);
      const operator = expression.operator.toUpperCase();
      return `${text(expression.left, binding)} ${operator} ${text(expression.right, binding)}`;
    }
    case "not":
      return `NOT ${text(expression.operand, BINDING.not)}`;
    case "cast": {
      const name = expression.isTry ? "TRY_CAST" : "CAST";
      return `${name}(${text(expression.operand)} AS ${dataTypeText(expression.type)})`;
    }
    case "call":
      return callText(writer, expression);
    case "json-call":
      return jsonText(writer, expression);
    case "case":
      return caseText(writer, expression);
    case "exists":
      return `EXISTS (${writer.query(expression.query)})`;
    case "scalar-query":
      return `(${writer.query(expression.query)})`;
    default:
      return predicateText(writer, expression) ?? constructorText(writer, expression) ?? leafText(expression);
  }
}

function predicateText(writer: TextWriter, expression: Expression): string | undefined {
  const text = writer.expression.bind(writer);
  const list = (items: readonly Expression[]): string => items.map((item) => text(item)).join(", ");
  switch (expression.kind) {
    case "in-list":
      return `${text(expression.operand, BINDING.predicate)} ${not(expression)}IN (${list(expression.items)})`;
    case "in-query":
      return `${text(expression.operand, BINDING.predicate)} ${not(expression)}IN (${writer.query(expression.query)})`;
    case "between": {
      const operand = text(expression.operand, BINDING.predicate);
      const symmetric = expression.symmetric ? "SYMMETRIC " : "";
      const low = text(expression.low, BINDING.multiset);
      return `${operand} ${not(expression)}BETWEEN ${symmetric}${low} AND ${text(expression.high, BINDING.multiset)}`;
    }
    case "like":
      return likeText(writer, expression);
    case "is":
      return `${text(expression.operand, BINDING.is)} IS ${not(expression)}${expression.test.toUpperCase()}`;
    case "is-distinct": {
      const operand = text(expression.operand, BINDING.comparison);
      const other = text(expression.other, BINDING.comparison + 1);
      return `${operand} IS ${not(expression)}DISTINCT FROM ${other}`;
    }
    case "quantified": {
      const { operand, operator, quantifier, query, items } = expression;
      const inner = query === undefined ? list(items) : writer.query(query);
      return `${text(operand, BINDING.comparison)} ${operator} ${quantifier.toUpperCase()} (${inner})`;
    }
    default:
      return undefined;
  }
}

const not = ({ negated }: { readonly negated: boolean }): string => (negated ? "NOT " : "");

function likeText(writer: TextWriter, expression: Like): string {
  const operand = writer.expression(expression.operand, BINDING.predicate);
  const pattern = writer.expression(expression.pattern, BINDING.multiset);
  const { escape: mark } = expression;
  const escaped = mark === undefined ? "" : ` ESCAPE ${writer.expression(mark, BINDING.multiset)}`;
  return `${operand} ${not(expression)}${expression.operator.toUpperCase()} ${pattern}${escaped}`;
}

function constructorText(writer: TextWriter, expression: Expression): string | undefined {
  const text = writer.expression.bind(writer);
  const list = (items: readonly Expression[]): string => items.map((item) => text(item)).join(", ");
  switch (expression.kind) {
    case "row":
      return `ROW(${list(expression.items)})`;
    case "collection":
      return `${expression.collection.toUpperCase()}[${list(expression.items)}]`;
    case "collection-query":
      return `${expression.collection.toUpperCase()}(${writer.query(expression.query)})`;
    case "map":
      return `MAP[${list(expression.entries.flatMap(({ key, value }) => [key, value]))}]`;
    case "interval-expression":
      return intervalText(writer, expression);
    case "match-semantics":
      return `${expression.semantics.toUpperCase()} ${text(expression.operand)}`;
    case "named-argument":
      return `${nameText(expression.name)} => ${text(expression.value)}`;
    case "table-argument":
      return tableText(writer, expression);
    default:
      return undefined;
  }
}

/** A sign stands before a number and before brackets as it was written. */
function intervalText(writer: TextWriter, expression: Expression & { kind: "interval-expression" }): string {
  const { operand, unit } = expression;
  const signed = operand.kind === "unary" && operand.operator === "-" ? operand.operand : undefined;
  const plain = signed ?? operand;
  const bare = plain.kind === "number" || plain.kind === "reference" || plain.kind === "scalar-query";
  const text = bare ? writer.expression(plain) : `(${writer.expression(plain)})`;
  return `INTERVAL ${signed === undefined ? "" : "-"}${text} ${unitText(unit)}`;
}

function tableText(writer: TextWriter, { table, partitionBy, orderBy }: TableArgument): string {
  const source = "kind" in table ? `(${writer.query(table)})` : `TABLE ${pathText(table)}`;
  const keys = partitionBy.map((item) => writer.expression(item)).join(", ");
  return joined([
    source,
    keys === "" ? "" : `PARTITION BY (${keys})`,
    orderBy.length === 0 ? "" : `ORDER BY (${writer.sortItems(orderBy)})`,
  ]);
}

function caseText(writer: TextWriter, { operand, branches, otherwise }: Case): string {
  const text = writer.expression.bind(writer);
  const parts = branches.map(
    ({ when, then }) => `WHEN ${when.map((value) => text(value)).join(", ")} THEN ${text(then)}`,
  );
  return joined([
    "CASE",
    operand === undefined ? "" : text(operand),
    ...parts,
    otherwise === undefined ? "" : `ELSE ${text(otherwise)}`,
    "END",
  ]);
}

/** What `[` and `.` may stand behind. */
function baseText(writer: TextWriter, base: Expression): string {
  const text = writer.expression(base);
  switch (base.kind) {
    case "reference":
    case "subscript":
    case "field":
    case "cast":
    case "row":
    case "collection":
    case "map":
    case "json-call":
    case "scalar-query":
      return text;
    case "call":
      return text.endsWith(")") ? text : `(${text})`;
    default:
      return `(${text})`;
  }
}
