import type { BinaryLiteral, IntervalLiteral, NumberLiteral, TypedLiteral } from "../ast/leaf.ts";
import type { LiteralExpression, Value } from "../bound-expression.ts";
import type { FlinkType } from "../types.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { intervalKind } from "./data-type.ts";
import { intervalValue } from "./interval-literal.ts";
import { dateValue, type TimeValue, timestampValue, timeValue } from "./time-literal.ts";

const maxInt = 2_147_483_647n;
const maxBigint = 9_223_372_036_854_775_807n;

export function literal(type: FlinkType, value: Value): LiteralExpression {
  return { kind: "literal", type, value };
}

export function nullLiteral(type: FlinkType = { kind: "null", nullable: true }): LiteralExpression {
  return literal(type.nullable ? type : { ...type, nullable: true }, null);
}

export function booleanLiteral(value: boolean): LiteralExpression {
  return literal({ kind: "boolean", nullable: false }, value);
}

/** CHAR(n), as Flink types a text in quotes. */
export function textLiteral(value: string): LiteralExpression {
  let length = 0;
  for (const _ of value) length += 1;
  return literal({ kind: "char", length, nullable: false }, value);
}

function intLiteral(value: number): LiteralExpression {
  return literal({ kind: "int", nullable: false }, value);
}

/** INT, else BIGINT, else DECIMAL; with a point DECIMAL, with an exponent DOUBLE. */
export function numberLiteral(node: NumberLiteral, negative: boolean): LiteralExpression {
  const sign = negative ? "-" : "";
  if (/e/i.test(node.text)) {
    return literal({ kind: "double", nullable: false }, Number(sign + node.text));
  }
  const [whole = "", fraction = ""] = node.text.split(".");
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, "");
  if (digits.length > 38) {
    throw invalid(`the number '${node.text}' has more than 38 digits`, node.span.start, "22003");
  }
  const value = BigInt(`${sign}${digits}`);
  if (node.text.includes(".")) {
    const scale = fraction.length;
    const precision = Math.max(digits.length, scale, 1);
    return literal({ kind: "decimal", precision, scale, nullable: false }, value);
  }
  if (value <= maxInt && value >= -maxInt - 1n) return intLiteral(Number(value));
  if (value <= maxBigint && value >= -maxBigint - 1n) {
    return literal({ kind: "bigint", nullable: false }, value);
  }
  return literal({ kind: "decimal", precision: digits.length, scale: 0, nullable: false }, value);
}

export function binaryLiteral(node: BinaryLiteral): LiteralExpression {
  if (node.digits.length % 2 !== 0) {
    throw invalid("a binary literal needs an even number of hexadecimal digits", node.span.start);
  }
  const bytes = new Uint8Array(Buffer.from(node.digits, "hex"));
  return literal({ kind: "binary", length: bytes.length, nullable: false }, bytes);
}

/** DATE, TIME and TIMESTAMP with a text. */
export function typedLiteral(node: TypedLiteral): LiteralExpression {
  const at = node.span.start;
  if (node.type === "date") {
    const days = dateValue(node.value.trim());
    if (days === undefined) throw invalid(`'${node.value}' is no date of the form yyyy-MM-dd`, at, "22007");
    return literal({ kind: "date", nullable: false }, days);
  }
  const time = node.type === "time" ? timeValue(node.value.trim()) : timestampValue(node.value.trim());
  if (time === undefined) {
    const form = node.type === "time" ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
    throw invalid(`'${node.value}' is no ${node.type} of the form ${form}`, at, "22007");
  }
  return timed(node, time);
}

function timed(node: TypedLiteral, time: TimeValue): LiteralExpression {
  if (node.type === "timestamp_ltz") {
    throw elsewhere("a literal of the type TIMESTAMP_LTZ", node.span.start);
  }
  if (time.precision > 6) {
    throw elsewhere("a time literal with digits below microseconds", node.span.start);
  }
  const kind = node.type === "time" ? "time" : "timestamp";
  return literal({ kind, precision: time.precision, nullable: false }, time.value);
}

export function intervalLiteral(node: IntervalLiteral): LiteralExpression {
  const kind = intervalKind(node.unit, node);
  const value = intervalValue(node.value, node.unit);
  if (value === undefined) {
    const unit = `${node.unit.from}${node.unit.to === undefined ? "" : ` to ${node.unit.to}`}`.toUpperCase();
    throw invalid(`'${node.value}' is no interval of ${unit}`, node.span.start, "22007");
  }
  return literal({ kind, nullable: false }, node.negative ? -value : value);
}
