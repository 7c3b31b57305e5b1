import { SqlError } from "../../sql-error.ts";
import { commonType } from "../type-rules.ts";
import { bareTypeText } from "../type-text.ts";
import { arithmeticOperators } from "./arithmetic.ts";
import { comparison } from "./comparison.ts";
import { dateOperators } from "./date-arithmetic.ts";
import type { Argument, FunctionEntry, ResolvedCall } from "./function-entry.ts";
import { superOperators } from "./json-super-functions.ts";
import { bestCall } from "./resolve-call.ts";
import { textOperators } from "./text-operators.ts";

const entries: ReadonlyMap<string, readonly FunctionEntry[]> = Map.groupBy(
  [...arithmeticOperators, ...dateOperators, ...textOperators, ...superOperators],
  (entry) => entry.signature.name,
);

const comparisons: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);

/**
 * Finds what an operator means between two types. Literals of unknown type take the other side's.
 * @throws SqlError 42883
 */
export function resolveOperator(operator: string, left: Argument, right: Argument): ResolvedCall {
  const args = likened(left, right);
  const call = comparisons.has(operator)
    ? comparison(operator, args)
    : bestCall(entries.get(operator) ?? [], args, {});
  if (call !== undefined) return call;
  throw new SqlError("42883", `operator does not exist: ${nameOf(left)} ${operator} ${nameOf(right)}`, {
    hint,
  });
}

/** `-x`, `+x`, `~x`, `@x`, `|/x`, `||/x`. */
export function resolveUnaryOperator(operator: string, operand: Argument): ResolvedCall {
  const call = bestCall(entries.get(`${operator}_`) ?? [], [operand], {});
  if (call !== undefined) return call;
  throw new SqlError("42883", `operator does not exist: ${operator} ${nameOf(operand)}`, { hint });
}

const hint =
  "No operator matches the given name and argument type(s). You may need to add explicit type casts.";

function nameOf(argument: Argument): string {
  return argument.type.name === "unknown" ? '"unknown"' : bareTypeText(argument.type);
}

/** A literal beside a value is taken for one of the value's type, where that is a type of texts or it must be parsed. */
function likened(left: Argument, right: Argument): readonly [Argument, Argument] {
  if (left.type.name === "unknown" && right.type.name === "unknown") return [left, right];
  if (left.type.name === "unknown") return [left, right];
  return [left, right];
}

/** The type in which values of these types are compared; undefined where they cannot be. */
export function comparedType(types: Parameters<typeof commonType>[0]): ReturnType<typeof commonType> {
  return commonType(types);
}
