import { SqlError } from "../../sql-error.ts";
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
  const args = [left, right] as const;
  const call = comparisons.has(operator)
    ? comparison(operator, args)
    : (sameTypes(operator, args) ?? bestCall(operatorsOf(operator, args), args, {}));
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

/** A literal beside a value is first taken for one of the value's own type: `day - '2024-01-01'` is days. */
function sameTypes(operator: string, args: readonly [Argument, Argument]): ResolvedCall | undefined {
  const [left, right] = args;
  if ((left.type.name === "unknown") === (right.type.name === "unknown")) return undefined;
  const { name } = left.type.name === "unknown" ? right.type : left.type;
  const same = operatorsOf(operator, args).filter(({ signature }) =>
    signature.required.every((parameter) => typeof parameter === "object" && parameter.name === name),
  );
  return bestCall(same, args, {});
}

/** Arithmetic of SUPER is not for operands that might become one. */
function operatorsOf(operator: string, args: readonly Argument[]): readonly FunctionEntry[] {
  const found = entries.get(operator) ?? [];
  if (args.some((argument) => argument.type.name === "super")) return found;
  return found.filter((entry) => !superOperators.includes(entry));
}

const hint =
  "No operator matches the given name and argument type(s). You may need to add explicit type casts.";

function nameOf(argument: Argument): string {
  return argument.type.name === "unknown" ? '"unknown"' : bareTypeText(argument.type);
}
