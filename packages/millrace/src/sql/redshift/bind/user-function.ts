import { SqlError } from "../../sql-error.ts";
import type { Call } from "../ast/expression.ts";
import { castDistance } from "../type-rules.ts";
import { bareTypeText } from "../type-text.ts";
import { Block, notSupported } from "./block.ts";
import { type Bound, isVolatile } from "./bound.ts";
import { coerce } from "./coerce.ts";
import type { UserFunction } from "./name-space.ts";

export function userFunctionsOf(call: Call, block: Block): readonly UserFunction[] {
  return block.place.space.functions(call.name);
}

/** A function in SQL is one expression: it is bound where it is called, with the arguments in place of `$1`, `$2`. */
export function bindUserFunction(call: Call, candidates: readonly UserFunction[], block: Block): Bound {
  if (call.over !== undefined || call.star || call.distinct) {
    throw new SqlError("42809", `${call.name.parts.at(-1)?.name} is not an aggregate function`, {
      position: call.span.start,
    });
  }
  const values = call.arguments.map((argument) => block.expression(argument));
  const chosen = best(candidates, values);
  if (chosen === undefined) {
    const types = values.map((value) => bareTypeText(value.type)).join(", ");
    throw new SqlError("42883", `function ${call.name.parts.at(-1)?.name}(${types}) does not exist`, {
      position: call.span.start,
      hint: "No function matches the given name and argument types. You may need to add explicit type casts.",
    });
  }
  if (values.some((value) => (value.traits & isVolatile) !== 0)) {
    throw notSupported("a volatile argument of a function in SQL", call.span);
  }
  const args = values.map((value, index) =>
    coerce(value, chosen.parameterTypes[index] ?? value.type, "implicit", block, call.span),
  );
  block.state.userFunctions.add(chosen);
  return block.state.nested(() => inlined(chosen, args, block, call));
}

function best(candidates: readonly UserFunction[], values: readonly Bound[]): UserFunction | undefined {
  let found: { readonly candidate: UserFunction; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    if (candidate.parameterTypes.length !== values.length) continue;
    const steps = candidate.parameterTypes.map((type, index) =>
      castDistance(values[index]?.type ?? type, type),
    );
    if (steps.some((step) => step === undefined)) continue;
    const distance = steps.reduce<number>((sum, step) => sum + (step ?? 0), 0);
    if (found === undefined || distance < found.distance) found = { candidate, distance };
  }
  return found?.candidate;
}

function inlined(chosen: UserFunction, args: readonly Bound[], block: Block, call: Call): Bound {
  const { body } = chosen.body;
  const only = body.kind === "select" && body.items.length === 1 ? body.items[0] : undefined;
  if (only === undefined || body.kind !== "select" || body.from.length > 0 || body.where !== undefined) {
    throw notSupported("a function in SQL that is more than one expression", call.span);
  }
  const inner = new Block({ ...block.inner(), parent: undefined, commonTables: new Map() });
  inner.clause = "WHERE";
  inner.special = (expression) => (expression.kind === "parameter" ? args[expression.index - 1] : undefined);
  const value = inner.expression(only.expression);
  return { ...coerce(value, chosen.returnType, "assignment", block, call.span), column: undefined };
}
