import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { OperatorSnapshot } from "../operator.ts";

/** Of an operator that keeps nothing. */
export function emptySnapshot(mode: IntegerMode): OperatorSnapshot {
  return { version: 1, mode, parts: [] };
}
