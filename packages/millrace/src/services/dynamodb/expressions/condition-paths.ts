import type { Condition, Operand } from "./condition.ts";
import type { Path } from "./path.ts";

/** All paths that a condition looks at. */
export function conditionPaths(condition: Condition): readonly Path[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.terms.flatMap(conditionPaths);
    case "not":
      return conditionPaths(condition.term);
    case "compare":
      return [condition.left, condition.right].flatMap(operandPaths);
    case "between":
      return [condition.operand, condition.low, condition.high].flatMap(operandPaths);
    case "in":
      return [condition.operand, ...condition.list].flatMap(operandPaths);
    case "exists":
    case "not exists":
      return [condition.path];
    case "type":
      return operandPaths(condition.operand);
    default:
      return [condition.operand, condition.part].flatMap(operandPaths);
  }
}

function operandPaths(operand: Operand): readonly Path[] {
  if (operand.kind === "path") return [operand.path];
  return operand.kind === "size" ? operandPaths(operand.of) : [];
}
