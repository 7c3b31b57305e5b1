import type { BoundExpression, Value } from "../../../sql/flink/bound-expression.ts";
import type { SortKey } from "../../../sql/flink/relation.ts";
import { typeText } from "../../../sql/flink/type-text.ts";
import type { Field, FlinkType } from "../../../sql/flink/types.ts";

const infix: ReadonlySet<string> = new Set([
  ...["+", "-", "*", "/", "%", "=", "<>", "<", "<=", ">", ">=", "||", "and", "or", "like"],
  ...["is distinct from", "is not distinct from"],
]);
const postfix = /^is (not )?(null|true|false|unknown|json)$/;

/** An expression as plans show it, over the names of the input's fields. */
export function expressionText(expression: BoundExpression, fields: readonly Field[]): string {
  const text = (operand: BoundExpression): string => expressionText(operand, fields);
  switch (expression.kind) {
    case "literal":
      return literalText(expression.value, expression.type);
    case "column":
      return fields[expression.index]?.name ?? `$${expression.index}`;
    case "field": {
      const { type } = expression.operand;
      const name = type.kind === "row" ? type.fields[expression.index]?.name : undefined;
      return `${text(expression.operand)}.${name ?? expression.index}`;
    }
    case "cast":
      return `${expression.isTry ? "TRY_CAST" : "CAST"}(${text(expression.operand)} AS ${typeText({ ...expression.type, nullable: true })})`;
    case "case":
      return `CASE(${[...expression.branches.flatMap(({ when, result }) => [text(when), text(result)]), text(expression.otherwise)].join(", ")})`;
    case "call": {
      const name = expression.function.toUpperCase();
      const operands = expression.arguments.map(text);
      if (infix.has(expression.function) && operands.length > 1) return `(${operands.join(` ${name} `)})`;
      if (postfix.test(expression.function)) return `${operands.join(", ")} ${name}`;
      return `${name}(${operands.join(", ")})`;
    }
  }
}

function literalText(value: Value, type: FlinkType): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (type.kind === "interval_millis") return `${String(value)}:INTERVAL SECOND`;
  if (type.kind === "interval_months") return `${String(value)}:INTERVAL MONTH`;
  if (type.kind === "decimal" && typeof value === "bigint") return decimalText(value, type.scale);
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString("hex")}'`;
  if (value instanceof Map) return `MAP[${value.size}]`;
  if (Array.isArray(value)) return `[${value.length}]`;
  return String(value);
}

function decimalText(unscaled: bigint, scale: number): string {
  if (scale === 0) return `${unscaled}`;
  const digits = `${unscaled < 0n ? -unscaled : unscaled}`.padStart(scale + 1, "0");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function namesText(columns: readonly number[], fields: readonly Field[]): string {
  return columns.map((column) => fields[column]?.name ?? `$${column}`).join(", ");
}

export function orderText(order: readonly SortKey[], fields: readonly Field[]): string {
  return order
    .map(({ column, descending }) => `${fields[column]?.name ?? column} ${descending ? "DESC" : "ASC"}`)
    .join(", ");
}
