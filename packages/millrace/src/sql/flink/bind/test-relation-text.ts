import type { BoundExpression, Value } from "../bound-expression.ts";
import type { AggregateCall, Relation, SortKey } from "../relation.ts";
import { fieldTypeText, typeText } from "../type-text.ts";
import type { Field } from "../types.ts";

/** A relation as lines, inputs below and further right than what reads them. */
export function relationText(relation: Relation, indent = ""): string {
  const inside = `${indent}  `;
  return [
    `${indent}${line(relation)}`,
    ...inputsOf(relation).map((input) => relationText(input, inside)),
  ].join("\n");
}

/** Names and types of the columns. */
export function fieldsText(fields: readonly Field[]): string {
  return fields.map((field) => `${field.name} ${fieldTypeText(field)}`).join(", ");
}

function inputsOf(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case "scan":
    case "values":
      return [];
    case "union":
      return relation.inputs;
    case "join":
      return [relation.left, relation.right];
    default:
      return [relation.input];
  }
}

function line(relation: Relation): string {
  switch (relation.kind) {
    case "scan":
      return `Scan ${relation.table.path[2]}`;
    case "values":
      return `Values ${relation.rows.map((row) => `(${row.map((item) => expressionText(item, [])).join(", ")})`).join(" ")}`;
    case "project": {
      const { fields } = relation.input;
      const items = relation.expressions.map((item, index) => {
        const text = expressionText(item, fields);
        const name = relation.fields[index]?.name ?? "";
        return text === name ? text : `${text} AS ${name}`;
      });
      return `Project ${items.join(", ")}`;
    }
    case "filter":
      return `Filter ${expressionText(relation.condition, relation.input.fields)}`;
    case "windowTable":
      return `Window ${JSON.stringify(relation.shape)} on ${name(relation.input.fields, relation.timeColumn)}`;
    case "aggregate": {
      const { fields } = relation.input;
      const groups = relation.groups.map((group) => name(fields, group)).join(", ");
      return `Aggregate by (${groups}) ${relation.calls.map((call) => callText(call, fields)).join(", ")}`.trimEnd();
    }
    case "join": {
      const fields = [...relation.left.fields, ...relation.right.fields];
      const on = relation.condition === undefined ? "" : ` on ${expressionText(relation.condition, fields)}`;
      return `Join ${relation.type}${relation.isNullAware === true ? " null-aware" : ""}${on}`;
    }
    case "over": {
      const { fields } = relation.input;
      const partition = relation.partition.map((column) => name(fields, column)).join(", ");
      const calls = relation.calls.map(
        (call) => callText(call, fields) + (call.frame === undefined ? "" : ` ${call.frame}`),
      );
      return `Over by (${partition}) order (${orderText(relation.order, fields)}) ${calls.join(", ")}`;
    }
    case "union":
      return "Union";
    case "unnest": {
      const collection = expressionText(relation.collection, relation.input.fields);
      return `Unnest ${collection}${relation.isOuter ? " outer" : ""}${relation.withOrdinality ? " with ordinality" : ""}`;
    }
    case "sort": {
      const order = orderText(relation.order, relation.input.fields);
      return `Sort (${order}) offset ${relation.offset} fetch ${relation.fetch ?? "all"}`;
    }
    case "rank":
      return "Rank";
  }
}

function orderText(order: readonly SortKey[], fields: readonly Field[]): string {
  return order
    .map(
      (key) =>
        `${name(fields, key.column)}${key.descending ? " desc" : ""}${key.nullsFirst ? " nulls first" : " nulls last"}`,
    )
    .join(", ");
}

function callText(call: AggregateCall, fields: readonly Field[]): string {
  const operands = [
    ...call.arguments.map((argument) => name(fields, argument)),
    ...call.constants.map((constant) => expressionText(constant, fields)),
  ];
  const distinct = call.isDistinct ? "distinct " : "";
  const filter = call.filter === undefined ? "" : ` filter ${name(fields, call.filter)}`;
  return `${call.function}(${distinct}${operands.join(", ")})${filter}`;
}

function name(fields: readonly Field[], column: number): string {
  return fields[column]?.name ?? `#${column}`;
}

/** An expression with the names of its input's columns. */
function expressionText(expression: BoundExpression, fields: readonly Field[]): string {
  const inside = (part: BoundExpression): string => expressionText(part, fields);
  switch (expression.kind) {
    case "literal":
      return valueText(expression.value);
    case "column":
      return name(fields, expression.index);
    case "call":
      return `${expression.function}(${expression.arguments.map(inside).join(", ")})`;
    case "cast":
      return `${expression.isTry ? "try_cast" : "cast"}(${inside(expression.operand)} as ${typeText(expression.type)})`;
    case "field": {
      const { type } = expression.operand;
      const field = type.kind === "row" ? type.fields[expression.index]?.name : undefined;
      return `${inside(expression.operand)}.${field ?? expression.index}`;
    }
    case "case": {
      const branches = expression.branches.map(
        ({ when, result }) => `when ${inside(when)} then ${inside(result)}`,
      );
      return `case ${branches.join(" ")} else ${inside(expression.otherwise)} end`;
    }
  }
}

function valueText(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value}'`;
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString("hex")}'`;
  return String(value);
}
