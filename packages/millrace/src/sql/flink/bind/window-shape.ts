import type { BoundExpression } from "../bound-expression.ts";
import type { WindowShape } from "../relation.ts";
import { elsewhere, invalid } from "./bind-error.ts";

/** An argument of a window, with where it was written. */
export interface WindowArgument {
  readonly expression: BoundExpression;
  readonly position: number;
}

/** A constant interval in milliseconds. @throws SqlError for what is none */
function intervalMs({ expression, position }: WindowArgument, what: string): number {
  const ms = constantMs(expression);
  if (ms !== undefined) return ms;
  if (expression.type.kind === "interval_months") {
    throw invalid(`${what} must be an interval of days and times, as months have no one length`, position);
  }
  throw invalid(`${what} must be a constant interval, such as INTERVAL '10' MINUTE`, position);
}

/** What an expression of literal intervals comes to. */
function constantMs(expression: BoundExpression): number | undefined {
  return expression.type.kind === "interval_millis" ? constant(expression) : undefined;
}

function constant(expression: BoundExpression): number | undefined {
  if (expression.kind === "literal") {
    const { value } = expression;
    return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
  }
  if (expression.kind === "cast") return constant(expression.operand);
  if (expression.kind !== "call") return undefined;
  const values = expression.arguments.map(constant);
  const [a, b] = values;
  if (a === undefined) return undefined;
  if (expression.function === "negate") return -a;
  if (b === undefined || values.length !== 2) return undefined;
  switch (expression.function) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    default:
      return undefined;
  }
}

/** The names of a window's sizes, in the order of its arguments. */
const sizeNames = {
  tumble: ["SIZE"],
  hop: ["SLIDE", "SIZE"],
  cumulate: ["STEP", "SIZE"],
  session: ["GAP"],
} as const;
export type WindowKind = keyof typeof sizeNames;

export function windowSizeNames(kind: WindowKind): readonly string[] {
  return sizeNames[kind];
}

/**
 * The shape of a window of these sizes.
 * @param sizes as `windowSizeNames` orders them, then perhaps the offset
 */
export function windowShape(
  kind: WindowKind,
  sizes: readonly WindowArgument[],
  partition: readonly number[],
): WindowShape {
  const names = sizeNames[kind];
  const upper = kind.toUpperCase();
  const ms = names.map((name, index) => {
    const argument = sizes[index];
    if (argument === undefined) throw new Error(`${name} is missing`);
    return positive(intervalMs(argument, `${name} of ${upper}`), argument, `${name} of ${upper}`);
  });
  const [first = 0, second = 0] = ms;
  const offset = sizes[names.length];
  const offsetMs =
    offset === undefined ? 0 : whole(intervalMs(offset, `OFFSET of ${upper}`), offset, "OFFSET");
  const at = sizes[0]?.position;
  switch (kind) {
    case "tumble":
      return { kind, sizeMs: first, offsetMs };
    case "hop":
      if (second % first !== 0) {
        throw invalid(
          `HOP requires SIZE to be an integral multiple of SLIDE, but got SIZE ${second} ms and SLIDE ${first} ms`,
          at,
        );
      }
      return { kind, sizeMs: second, slideMs: first, offsetMs };
    case "cumulate":
      if (second % first !== 0) {
        throw invalid(
          `CUMULATE requires SIZE to be an integral multiple of STEP, but got SIZE ${second} ms and STEP ${first} ms`,
          at,
        );
      }
      return { kind, maxMs: second, stepMs: first, offsetMs };
    case "session":
      if (offset !== undefined) throw invalid("SESSION has no OFFSET", offset.position);
      return { kind, gapMs: first, partition };
  }
}

function positive(ms: number, argument: WindowArgument, what: string): number {
  if (ms <= 0) throw invalid(`${what} must be longer than nothing`, argument.position);
  return whole(ms, argument, what);
}

function whole(ms: number, argument: WindowArgument, what: string): number {
  if (!Number.isSafeInteger(ms)) {
    throw elsewhere(`${what} with parts of a millisecond`, argument.position);
  }
  return ms;
}
