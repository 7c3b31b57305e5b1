import { EvaluationError, NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";

/** A whole number that a double holds exactly, or the job goes on with exact integers. Never -0. */
export function checkedInteger(value: number): number {
  if (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER) return value + 0;
  throw new NeedsExactIntegers(`${value} is beyond what doubles hold exactly`);
}

/** A BIGINT that came as bigint, in mode `double`. */
export function doubleOf(value: bigint): number {
  if (value <= maxSafe && value >= -maxSafe) return Number(value);
  throw new NeedsExactIntegers(`${value} is beyond what doubles hold exactly`);
}

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

/** As Java says it. */
export function divisionByZero(): never {
  throw new EvaluationError("Division by zero");
}
