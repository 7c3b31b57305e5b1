import type { TimeUnit } from "../flink/ast/data-type.ts";
import type { Call, Expression } from "../flink/ast/tree.ts";
import { binaryOf, callOf, intervalOf, numberOf } from "./build-tree.ts";
import { unsupported } from "./unsupported.ts";

const UNIT_MS: Readonly<Partial<Record<TimeUnit, number>>> = Object.freeze({
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
});

/** ROWTIME, with or without a stream's name before it. */
export const isRowtime = (expression: Expression): boolean =>
  expression.kind === "reference" && expression.parts.at(-1)?.name === "ROWTIME";

/** STEP(x BY interval) or FLOOR(x TO unit): x cut to whole steps. */
export interface TimeStep {
  readonly value: Expression;
  readonly interval: Expression;
  readonly sizeMs: number;
  readonly call: Call;
}

/** @param origin where the statement begins in the code @throws SqlError for a step that is no fixed time */
export function timeStepOf(expression: Expression, origin: number): TimeStep | undefined {
  if (expression.kind !== "call" || expression.name.parts.length !== 1) {
    return undefined;
  }
  const [value, step] = expression.arguments;
  const name = expression.name.parts[0]?.name;
  if (value === undefined || step === undefined) {
    return undefined;
  }
  if (name === "step") {
    return { value, interval: step, sizeMs: intervalMs(step, origin), call: expression };
  }
  if (name !== "floor" || step.kind !== "keyword" || !(step.word in UNIT_MS)) {
    return undefined;
  }
  const unit = step.word as TimeUnit;
  const interval = intervalOf("1", unit, step.span);
  return { value, interval, sizeMs: UNIT_MS[unit] ?? 0, call: expression };
}

/** The length of `INTERVAL '60' SECOND`. */
export function intervalMs(expression: Expression, origin: number): number {
  const position = origin + expression.span.start;
  if (expression.kind !== "interval") {
    throw unsupported("a step or a range that is no INTERVAL '...'", position);
  }
  const { value, unit, negative } = expression;
  const unitMs = UNIT_MS[unit.from];
  const sizeMs = Math.round(Number(value) * (unitMs ?? Number.NaN));
  if (unit.to !== undefined || unitMs === undefined || negative || !(sizeMs > 0)) {
    throw unsupported("a step or a range other than of days, hours, minutes or seconds", position);
  }
  return sizeMs;
}

/** STEP of something that is not the window's time: whole steps since 1970, of seconds. */
export function stepText(step: TimeStep, origin: number): Expression {
  const { span } = step.call;
  const seconds = step.sizeMs / 1000;
  if (!Number.isInteger(seconds)) {
    throw unsupported("STEP by parts of a second", origin + span.start);
  }
  const minutes = seconds % 60 === 0;
  const unit: Expression = { kind: "keyword", word: minutes ? "minute" : "second", span };
  const size = numberOf(minutes ? seconds / 60 : seconds, span);
  const epoch: Expression = { kind: "typed-literal", type: "timestamp", value: "1970-01-01 00:00:00", span };
  const since = callOf("timestampdiff", [unit, epoch, step.value], span);
  return callOf("timestampadd", [unit, binaryOf("*", binaryOf("/", since, size), size), epoch], span);
}
