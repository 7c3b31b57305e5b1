import type { BoundExpression, LiteralExpression } from "../bound-expression.ts";
import { missingFunction, scalarFunction } from "../functions/function-table.ts";
import type { ScalarFunction } from "../functions/scalar-function.ts";
import { isNumeric, isText } from "../type-rules.ts";
import { typeText } from "../type-text.ts";
import type { FlinkType } from "../types.ts";
import { invalid, notSupported } from "./bind-error.ts";
import { coerce } from "./coerce.ts";

/** A call of a function with arguments cast to what its signature wants. @throws SqlError when none fits */
export function callFunction(
  entry: ScalarFunction,
  operands: readonly BoundExpression[],
  position: number,
): BoundExpression {
  const types = operands.map((operand) => operand.type);
  const signature = entry.resolve(types, literalsOf(operands));
  if (signature === undefined) throw noSignature(entry.name, types, position);
  return {
    kind: "call",
    type: signature.result,
    function: entry.name,
    arguments: operands.map((operand, index) => {
      const wanted = signature.arguments[index];
      return wanted === undefined ? operand : coerce(operand, wanted);
    }),
  };
}

/** An operator, or a function of the table that has a syntax of its own. */
export function callOperator(
  name: string,
  operands: readonly BoundExpression[],
  position: number,
): BoundExpression {
  const entry = scalarFunction(name);
  if (entry === undefined) {
    throw notSupported(`the function or operator ${name.toUpperCase()}`, missingFunction(name), position);
  }
  return callFunction(entry, operands, position);
}

/** Values of the arguments that are literals, as functions are told them. */
export function literalsOf(operands: readonly BoundExpression[]): readonly LiteralExpression["value"][] {
  return operands.map((operand) => (operand.kind === "literal" ? operand.value : (undefined as never)));
}

const comparisons: readonly string[] = ["=", "<>", "<", "<=", ">", ">=", "in"];

export function noSignature(name: string, types: readonly FlinkType[], position: number): Error {
  const list = types.map(typeText);
  const [left, right] = types;
  if (comparisons.includes(name) && left !== undefined && right !== undefined) {
    const pair = `${typeText({ ...left, nullable: true })} and ${typeText({ ...right, nullable: true })}`;
    const isMixed = (isText(left) && isNumeric(right)) || (isNumeric(left) && isText(right));
    return isMixed
      ? invalid(`implicit type conversion between ${pair} is not supported; write a CAST`, position, "42804")
      : invalid(`cannot compare ${pair}`, position, "42804");
  }
  return invalid(
    `cannot apply '${name.toUpperCase()}' to arguments of the types (${list.join(", ")})`,
    position,
    "42804",
  );
}
