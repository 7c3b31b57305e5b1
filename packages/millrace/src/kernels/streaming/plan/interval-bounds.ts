import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { Field } from "../../../sql/flink/types.ts";

/** A time attribute of one side plus a constant. */
interface TimeTerm {
  readonly side: "left" | "right";
  readonly column: number;
  readonly offsetMs: number;
}

/** `left.time - right.time` lies in [lowerMs, upperMs]. */
export interface IntervalBounds {
  readonly leftTimeColumn: number;
  /** Of the right input's own columns. */
  readonly rightTimeColumn: number;
  readonly lowerMs: number;
  readonly upperMs: number;
  /** What the bounds do not say. */
  readonly rest: readonly BoundExpression[];
}

/** The smallest step of time values: a microsecond. */
const stepMs = 0.001;

/** Bounds of the time attributes of both sides, when a condition gives both a lower and an upper one. */
export function intervalBounds(
  conjuncts: readonly BoundExpression[],
  fields: readonly Field[],
  leftCount: number,
): IntervalBounds | undefined {
  let columns: readonly [number, number] | undefined;
  let [lowerMs, upperMs] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const rest: BoundExpression[] = [];
  for (const conjunct of conjuncts) {
    const bound = boundOf(conjunct, fields, leftCount);
    const isSame = columns === undefined || (columns[0] === bound?.left && columns[1] === bound.right);
    if (bound === undefined || !isSame) {
      rest.push(conjunct);
      continue;
    }
    columns = [bound.left, bound.right];
    lowerMs = Math.max(lowerMs, bound.lowerMs);
    upperMs = Math.min(upperMs, bound.upperMs);
  }
  if (columns === undefined || !Number.isFinite(lowerMs) || !Number.isFinite(upperMs)) return undefined;
  return { leftTimeColumn: columns[0], rightTimeColumn: columns[1] - leftCount, lowerMs, upperMs, rest };
}

function boundOf(
  conjunct: BoundExpression,
  fields: readonly Field[],
  leftCount: number,
): { left: number; right: number; lowerMs: number; upperMs: number } | undefined {
  if (conjunct.kind !== "call" || conjunct.arguments.length !== 2) return undefined;
  const [first, second] = conjunct.arguments as [BoundExpression, BoundExpression];
  const one = termOf(first, fields, leftCount);
  const two = termOf(second, fields, leftCount);
  if (one === undefined || two === undefined || one.side === two.side) return undefined;
  const isFlipped = one.side === "right";
  const [left, right] = isFlipped ? [two, one] : [one, two];
  // left + a OP right + b: left - right OP b - a
  const differenceMs = right.offsetMs - left.offsetMs;
  const range = rangeOf(isFlipped ? flipped[conjunct.function] : conjunct.function, differenceMs);
  return range && { left: left.column, right: right.column, ...range };
}

const flipped: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=" };

function rangeOf(
  operator: string | undefined,
  differenceMs: number,
): { lowerMs: number; upperMs: number } | undefined {
  const [lowest, highest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  switch (operator) {
    case "=":
      return { lowerMs: differenceMs, upperMs: differenceMs };
    case ">=":
      return { lowerMs: differenceMs, upperMs: highest };
    case ">":
      return { lowerMs: differenceMs + stepMs, upperMs: highest };
    case "<=":
      return { lowerMs: lowest, upperMs: differenceMs };
    case "<":
      return { lowerMs: lowest, upperMs: differenceMs - stepMs };
    default:
      return undefined;
  }
}

/** `time`, `time + INTERVAL ...`, `time - INTERVAL ...`, also behind casts between timestamps. */
function termOf(
  expression: BoundExpression,
  fields: readonly Field[],
  leftCount: number,
): TimeTerm | undefined {
  if (expression.kind === "column") {
    const { index } = expression;
    if (fields[index]?.time === undefined) return undefined;
    return { side: index < leftCount ? "left" : "right", column: index, offsetMs: 0 };
  }
  if (expression.kind === "cast")
    return expression.type.kind.startsWith("timestamp")
      ? termOf(expression.operand, fields, leftCount)
      : undefined;
  if (expression.kind !== "call" || expression.arguments.length !== 2) return undefined;
  const [left, right] = expression.arguments as [BoundExpression, BoundExpression];
  if (expression.function === "+")
    return (
      shifted(left, intervalOf(right), fields, leftCount) ??
      shifted(right, intervalOf(left), fields, leftCount)
    );
  if (expression.function !== "-") return undefined;
  const interval = intervalOf(right);
  return shifted(left, interval === undefined ? undefined : -interval, fields, leftCount);
}

function shifted(
  expression: BoundExpression,
  offsetMs: number | undefined,
  fields: readonly Field[],
  leftCount: number,
): TimeTerm | undefined {
  if (offsetMs === undefined) return undefined;
  const term = termOf(expression, fields, leftCount);
  return term && { ...term, offsetMs: term.offsetMs + offsetMs };
}

function intervalOf(expression: BoundExpression): number | undefined {
  if (expression.kind !== "literal" || expression.type.kind !== "interval_millis") return undefined;
  return typeof expression.value === "number" ? expression.value : undefined;
}
