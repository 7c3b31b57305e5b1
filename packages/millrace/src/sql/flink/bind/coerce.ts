import type { BoundExpression, LiteralExpression, Value } from "../bound-expression.ts";
import { castAdvice, isCastable } from "../type-casts.ts";
import { isBytes, isText, withNullable } from "../type-rules.ts";
import { typeText } from "../type-text.ts";
import type { FlinkType } from "../types.ts";
import { invalid } from "./bind-error.ts";
import { nullLiteral } from "./literal.ts";
import { dateValue, timestampValue, timeValue } from "./time-literal.ts";

/** The expression as a value of the type, with a cast where values look different; whether it may be NULL stays. */
export function coerce(expression: BoundExpression, type: FlinkType): BoundExpression {
  if (isSameValue(expression.type, type)) return expression;
  const target = withNullable(type, expression.type.nullable);
  if (expression.kind === "literal") {
    if (expression.value === null) return nullLiteral(target);
    const value = foldedValue(expression, target);
    if (value !== undefined) return { kind: "literal", type: target, value };
  }
  return { kind: "cast", type: target, operand: expression, isTry: false };
}

/** A written CAST or TRY_CAST; it stays in the tree even where it changes nothing but what the column is to windows. */
export function explicitCast(
  operand: BoundExpression,
  type: FlinkType,
  isTry: boolean,
  position: number,
): BoundExpression {
  if (!isCastable(operand.type, type)) {
    const advice = castAdvice(operand.type, type);
    throw invalid(
      `cast function cannot convert value of type ${typeText(operand.type)} to type ${typeText(type)}${
        advice === undefined ? "" : `; ${advice}`
      }`,
      position,
      "42846",
    );
  }
  const target = withNullable(type, isTry || operand.type.nullable);
  if (operand.kind === "literal") {
    if (operand.value === null) return nullLiteral(target);
    const value = foldedValue(operand, target);
    if (value !== undefined) return { kind: "literal", type: target, value };
  }
  return { kind: "cast", type: target, operand, isTry };
}

/** Whether a value of one type is a value of the other as it is. Nothing is said of NULL. */
export function isSameValue(from: FlinkType, to: FlinkType): boolean {
  if (isText(from) && to.kind === "varchar") return lengthOf(from) <= lengthOf(to);
  if (isBytes(from) && to.kind === "varbinary") return lengthOf(from) <= lengthOf(to);
  if (from.kind !== to.kind) return false;
  switch (from.kind) {
    case "char":
    case "binary":
      return lengthOf(from) === lengthOf(to);
    case "decimal":
      return to.kind === "decimal" && from.scale === to.scale && from.precision <= to.precision;
    case "time":
    case "timestamp":
    case "timestamp_ltz":
      return "precision" in to && from.precision <= to.precision;
    case "array":
    case "multiset":
      return "element" in to && isSameValue(from.element, to.element);
    case "map":
      return to.kind === "map" && isSameValue(from.key, to.key) && isSameValue(from.value, to.value);
    case "row": {
      if (to.kind !== "row" || to.fields.length !== from.fields.length) return false;
      return from.fields.every((field, index) => {
        const other = to.fields[index];
        return other !== undefined && isSameValue(field.type, other.type);
      });
    }
    default:
      return true;
  }
}

function lengthOf(type: FlinkType): number {
  return "length" in type ? type.length : 0;
}

const wholeRange: Readonly<Record<string, number>> = Object.freeze({
  tinyint: 127,
  smallint: 32_767,
  int: 2_147_483_647,
});

/** The literal in its new type where that is plain to see; undefined leaves it to the cast. */
function foldedValue({ value, type: from }: LiteralExpression, to: FlinkType): Value | undefined {
  if (typeof value === "string" && isText(from)) return foldedText(value, to);
  if (typeof value === "number" && isWholeNumber(from)) return foldedWhole(value, to);
  if (typeof value === "bigint" && from.kind === "bigint") {
    return to.kind === "decimal"
      ? fittingDecimal(value, to)
      : to.kind === "double"
        ? Number(value)
        : undefined;
  }
  if (typeof value === "bigint" && from.kind === "decimal") {
    if (to.kind === "double") return Number(decimalText(value, from.scale));
    if (to.kind !== "decimal" || to.scale < from.scale) return undefined;
    const scaled = value * 10n ** BigInt(to.scale - from.scale);
    return digitsOf(scaled) <= to.precision ? scaled : undefined;
  }
  return undefined;
}

function isWholeNumber(type: FlinkType): boolean {
  return type.kind === "tinyint" || type.kind === "smallint" || type.kind === "int";
}

function foldedText(value: string, to: FlinkType): Value | undefined {
  if (to.kind === "varchar" && value.length <= to.length) return value;
  if (to.kind === "date") return dateValue(value);
  if (to.kind !== "time" && to.kind !== "timestamp") return undefined;
  const time = to.kind === "time" ? timeValue(value) : timestampValue(value);
  return time !== undefined && time.precision <= to.precision ? time.value : undefined;
}

function foldedWhole(value: number, to: FlinkType): Value | undefined {
  switch (to.kind) {
    case "tinyint":
    case "smallint":
    case "int": {
      const limit = wholeRange[to.kind] ?? 0;
      return value <= limit && value >= -limit - 1 ? value : undefined;
    }
    case "bigint":
      return BigInt(value);
    case "double":
      return value;
    case "decimal":
      return fittingDecimal(BigInt(value), to);
    default:
      return undefined;
  }
}

function fittingDecimal(value: bigint, to: FlinkType & { readonly kind: "decimal" }): bigint | undefined {
  const scaled = value * 10n ** BigInt(to.scale);
  return digitsOf(scaled) <= to.precision ? scaled : undefined;
}

function digitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

function decimalText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${value < 0n ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}
