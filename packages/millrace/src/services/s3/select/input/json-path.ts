import type { Evaluator } from "../evaluate/compile.ts";
import { selectError } from "../select-error.ts";
import type { PathStep } from "../sql/expression.ts";
import type { Json, Value } from "../value/value.ts";
import { isArray, isObject } from "../value/value-text.ts";
import type { JsonRow } from "./json-record.ts";

/** What a step without a wildcard finds in a value; MISSING where it finds nothing. */
export function stepInto(value: Value, step: PathStep): Json | undefined {
  if (step.kind === "index") return isArray(value) ? value[step.index] : undefined;
  if (step.kind !== "name" || !isObject(value)) return undefined;
  if (Object.hasOwn(value, step.name)) {
    if (step.exact) return value[step.name];
    const only = Object.keys(value).filter((name) => name.toLowerCase() === step.name.toLowerCase());
    if (only.length > 1)
      throw selectError("AmbiguousFieldName", `'${step.name}' is found ${only.length} times`);
    return value[step.name];
  }
  if (step.exact) return undefined;
  const wanted = step.name.toLowerCase();
  const found = Object.keys(value).filter((name) => name.toLowerCase() === wanted);
  if (found.length > 1)
    throw selectError("AmbiguousFieldName", `'${step.name}' is found ${found.length} times`);
  return found[0] === undefined ? undefined : value[found[0]];
}

/** Makes an evaluator of steps into a record. */
export function jsonEvaluator(steps: readonly PathStep[]): Evaluator<JsonRow> {
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return (row) => stepInto(row.value, only);
  return (row) => {
    let value: Json | undefined = row.value;
    for (const step of steps) value = stepInto(value, step);
    return value;
  };
}

/** The rows that the path behind FROM makes of a record: at least one, MISSING if it finds nothing. */
export function* rowsBehind(
  value: Json | undefined,
  steps: readonly PathStep[],
  from: number = 0,
): Generator<JsonRow> {
  const step = steps[from];
  if (step === undefined) {
    yield { value };
    return;
  }
  if (step.kind === "name" || step.kind === "index") {
    yield* rowsBehind(stepInto(value, step), steps, from + 1);
    return;
  }
  const items =
    step.kind === "each element"
      ? isArray(value)
        ? value
        : []
      : isObject(value)
        ? Object.values(value)
        : [];
  if (items.length === 0) yield { value: undefined };
  for (const item of items) yield* rowsBehind(item, steps, from + 1);
}
