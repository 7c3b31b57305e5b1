import { type AttributeValue, type TypeName, typeOf } from "../values/attribute-value.ts";
import { isScalar } from "../values/check-value.ts";
import { compareValues, toBuffer } from "../values/compare.ts";
import type { Comparator, Condition, Operand } from "./condition.ts";
import { ExpressionError } from "./lexer.ts";
import { type Path, printPath, samePath } from "./path.ts";

const typeNames: readonly string[] = ["B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M"];
const arity: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};

/** What a call of a function means. @throws ExpressionError */
export function functionCondition(name: string, operands: readonly Operand[]): Condition {
  const expected = Object.hasOwn(arity, name) ? arity[name] : undefined;
  if (expected === undefined) throw new ExpressionError(`Invalid function name; function: ${name}`);
  const [operand, part] = operands;
  if (operand === undefined || operands.length !== expected) throw wrongCount(name, operands);
  if (part === undefined) return existence(name, operand);
  checkDistinct(name, operand, part);
  if (name === "attribute_type") return { kind: "type", operand, type: typeArgument(part) };
  if (name === "contains") return { kind: "contains", operand, part };
  for (const side of [operand, part]) checkType(name, side, (type) => type === "S" || type === "B");
  return { kind: "begins with", operand, part };
}

function existence(name: string, operand: Operand): Condition {
  return { kind: name === "attribute_exists" ? "exists" : "not exists", path: pathOf(name, operand) };
}

/** The path that a function insists on. */
function pathOf(name: string, operand: Operand): Path {
  if (operand.kind === "path") return operand.path;
  throw new ExpressionError(`Operator or function requires a document path; operator or function: ${name}`);
}

export function sizeOperand(operands: readonly Operand[]): Operand {
  const [of] = operands;
  if (of === undefined || operands.length !== 1) throw wrongCount("size", operands);
  checkType("size", of, (type) => type !== "N" && type !== "BOOL" && type !== "NULL");
  return { kind: "size", of };
}

export function checkComparison(comparator: Comparator, left: Operand, right: Operand): void {
  checkDistinct(comparator, left, right);
  if (comparator === "=" || comparator === "<>") return;
  for (const side of [left, right]) checkType(comparator, side, isScalar);
}

export function checkBetween(low: Operand, high: Operand): void {
  for (const side of [low, high]) checkType("BETWEEN", side, isScalar);
  if (low.kind !== "value" || high.kind !== "value") return;
  const order = compareValues(low.value, high.value);
  if (order !== undefined && order <= 0) return;
  const rule =
    order === undefined
      ? "same data type for lower and upper bounds"
      : "upper bound to be greater than or equal to lower bound";
  throw new ExpressionError(
    `The BETWEEN operator requires ${rule}; lower bound operand: ${print(low.value)}, upper bound operand: ${print(high.value)}`,
  );
}

function checkDistinct(name: string, first: Operand, second: Operand): void {
  if (first.kind === "path" && second.kind === "path" && samePath(first.path, second.path))
    throw new ExpressionError(
      "The first operand must be distinct from the remaining operands for this operator or function; " +
        `operator: ${name}, first operand: ${printPath(first.path)}`,
    );
}

/** Refuses a value of a type that the operator can never work on; what a path has is seen later. */
function checkType(name: string, operand: Operand, allows: (type: TypeName) => boolean): void {
  const type = operand.kind === "value" ? typeOf(operand.value) : operand.kind === "size" ? "N" : undefined;
  if (type === undefined || allows(type)) return;
  throw new ExpressionError(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}

function typeArgument(operand: Operand): TypeName {
  if (operand.kind !== "value" || !("S" in operand.value)) {
    const type = operand.kind === "value" ? typeOf(operand.value) : `{${typeNames.join(",")}}`;
    throw new ExpressionError(
      `Incorrect operand type for operator or function; operator or function: attribute_type, operand type: ${type}`,
    );
  }
  const { S } = operand.value;
  if (!typeNames.includes(S))
    throw new ExpressionError(
      `Invalid attribute type name found; type: ${S}, valid types: {${typeNames.join(",")}}`,
    );
  return S as TypeName;
}

function wrongCount(name: string, operands: readonly Operand[]): ExpressionError {
  return new ExpressionError(
    "Incorrect number of operands for operator or function; " +
      `operator or function: ${name}, number of operands: ${operands.length}`,
  );
}

function print(value: AttributeValue): string {
  if ("B" in value) return `AttributeValue: {B:${toBuffer(value.B).toString("base64")}}`;
  return `AttributeValue: {${typeOf(value)}:${"S" in value ? value.S : "N" in value ? value.N : ""}}`;
}
